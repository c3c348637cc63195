/** The dictionary says something of every figure that is published, and of none that is not. */
import { expect, it } from 'vitest';
import { marts } from '../../sql/views/index.ts';
import { randomAsOf as as_of, randomHouse } from './random-house.ts';

const house = randomHouse(30);
const entries = house.query('select * from metric_dictionary', { as_of });
const metrics = entries.map(({ metric }) => metric);

it('names every figure once, and says all of it', () => {
  expect(new Set(metrics).size).toBe(metrics.length);
  for (const entry of entries)
    for (const [column, text] of Object.entries(entry)) expect(text, column).toBeTruthy();
});

it('has every rate, count, amount and share of every mart', () => {
  const figures = marts
    .filter(({ contract }) => contract.kind === 'mart')
    .flatMap(({ contract }) =>
      contract.columns
        .filter(
          ({ name, type, additive }) =>
            additive || name === 'share' || (type === 'rate' && !/_(lo|hi)$/.test(name)),
        )
        .map(({ name }) => `${contract.name}.${name}`),
    );
  expect(figures.filter((figure) => !metrics.includes(figure))).toEqual([]);
});

it('has the lines of the week, each of them', () => {
  const lines = house.query(
    "select distinct line from weekly_summary where line not like 'Revenue %' order by position",
    {
      as_of,
    },
  );
  const told = metrics.filter((metric) => String(metric).startsWith('weekly_summary.'));
  expect(told.map((metric) => String(metric).slice('weekly_summary.'.length)).sort()).toEqual(
    lines.map(({ line }) => line).sort(),
  );
});
