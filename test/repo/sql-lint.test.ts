import { describe, expect, it } from 'vitest';
import { lint } from '../../sql/lint.ts';
import { views } from '../../sql/views/index.ts';
import { expansions, MOST_EXPANSIONS } from './expansions.ts';

describe('every view is portable (G7)', () => {
  for (const view of views) it(view.name, () => expect(lint(view.sql)).toEqual([]));

  it.each(views.map(({ name }) => name))('%s is small enough for one query', (name) =>
    expect(expansions(name)).toBeLessThan(MOST_EXPANSIONS),
  );

  it('only staging views name the clock and the scope', () => {
    const wrong = views.filter(
      ({ name, sql }) =>
        !name.startsWith('stg_') && /\bfrom (clock|scope)\b/.test(sql.replace(/--.*$/gm, '')),
    );
    expect(wrong.map((view) => view.name)).toEqual([]);
  });
});

describe('what is not portable is caught', () => {
  const wrong = [
    'select count(*) filter (where a = 1) as n from t',
    'select a % 2 as n from t',
    'select iif(a, 1, 0) as n from t',
    "select strftime('x', a) as n from t",
    'select max(a, b) as n from t',
    'select group_concat(a) as n from t',
    "select json_extract(a, '$.b') as n from t",
    'select median(a) as n from t',
    'select ifnull(a, b) as n from t',
    'select cast(a as integer) as n from t',
    'with t(a) as (select 1 as b) select b from t',
    'select "a" from t',
    'select a from t;',
    'create view v as select 1 as n',
    'select a as at from t',
    'select a as index from t',
    'select a as current from t',
    'select a as new from t',
    'select a from t union select a from u',
    'select a from t union all select 1 union all select 1 union all select 1 union all select ' +
      '1 union all select 1',
    'select a, 0 as b from t union all select a, 0 from u',
    'SELECT a from t',
    'select 1 || a as n from t',
    "select coalesce(concat(a, 'x'), 'y') as n from t",
    'select lead(a, b - 1) over (order by a) as n from t',
    'select lead(a, 3 - 1) over (order by a) as n from t',
    'with points as (select a from t) select points * 2 as n from points',
    'select a, sum(b) as b from t group by a having sum(b) > 0',
    'with replies as (select count(*) as replies from t) select coalesce(replies, 0) as n from ' +
      't left join replies on true',
  ];
  for (const sql of wrong) it(sql, () => expect(lint(sql)).not.toEqual([]));
});
