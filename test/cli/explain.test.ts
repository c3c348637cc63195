/**
 * `explain`: every number that names its rows is made of them again, and the command shows one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findColumn, findTable } from '../../cli/explain/published-number.ts';
import { isSame, partsOf, traceNumber } from '../../cli/explain/trace.ts';
import { openState } from '../../cli/house/state.ts';
import { openTables, select } from '../../cli/tables-database.ts';
import { isUnpublished, type PublishedRows } from '../../sql/rows-behind.ts';
import { marts, views } from '../../sql/views/index.ts';
import { publishRandomHouse } from './published-folder.ts';
import { signalhouse } from './signalhouse.ts';

const folder = mkdtempSync(join(tmpdir(), 'signalhouse-explain-'));
let tables: DuckDBConnection;

beforeAll(async () => {
  const state = openState(folder);
  tables = await openTables(
    state.out,
    await publishRandomHouse(state, process.env.FULL ? 400 : 60),
  );
}, 60_000);
afterAll(() => {
  tables?.closeSync();
  rmSync(folder, { recursive: true, force: true });
});

const explain = (...args: string[]) => signalhouse(folder, 'explain', ...args);

/**
 * Every row of a mart for which these facts speak, with what they add up to for one column: what no
 * rows come to, too.
 */
async function addedUp(
  mart: string,
  { table, where, when, figures }: PublishedRows,
  column: string,
) {
  const { only = 'true', of = 'count(*)' } = figures[column]!;
  const gives = `select ${of} from ${table} as t where (${where}) and ${only}`;
  const { rows } = await select(
    tables,
    `select key.${column} as published, (${gives}) as gives from ${mart} as key where ` +
      `${when ?? 'true'}`,
  );
  return rows;
}

const facts = marts.flatMap(({ name, rows }) =>
  rows.flatMap((behind) => (isUnpublished(behind) ? [] : [[name, behind.table, behind] as const])),
);

/** What the whole house would have sold to the same leads. */
const noSum = ['expected_paid'];

describe('the rows behind a published number', () => {
  it.each(facts)('of %s in %s make it again', async (mart, _, behind) => {
    for (const column of Object.keys(behind.figures)) {
      const rows = await addedUp(mart, behind, column);
      const wrong = rows.filter(({ published, gives }) => !isSame(gives, published));
      expect({ column, wrong: wrong.slice(0, 3) }).toEqual({ column, wrong: [] });
    }
  });

  it('are named for both sides of a ratio or for neither, and exist', () => {
    for (const { name: mart, contract, rows: behinds } of marts.filter(({ rows }) => rows.length)) {
      const { columns } = contract;
      const named = behinds.flatMap((behind) =>
        isUnpublished(behind) ? behind.columns : Object.keys(behind.figures),
      );
      for (const name of named) expect(columns.map((column) => column.name)).toContain(name);
      for (const behind of behinds)
        if ('view' in behind) expect(views.map(({ name }) => name)).toContain(behind.view);
      const sides = columns
        .map((column) => partsOf(columns, column))
        .filter((parts) => parts.length > 1);
      const half = sides
        .filter((parts) => new Set(parts.map((part) => named.includes(part))).size > 1)
        .flat();
      expect({
        mart,
        half: half.filter((name) => !named.includes(name) && !noSum.includes(name)),
      }).toEqual({
        mart,
        half: [],
      });
    }
  });
});

const traced = (name: string, cells: Record<string, unknown>, column: string) => {
  const mart = findTable(name);
  const number = {
    mart,
    column: findColumn(mart.contract, column),
    key: '',
    value: cells[column],
    cells,
  };
  return traceNumber(tables, number, 10);
};

describe('signalhouse explain', () => {
  it('tells what a number means, its run, its rows and its SQL', async () => {
    const [most] = (
      await select(tables, 'select * from email_performance order by sent desc limit 1')
    ).rows;
    const key = ['campaign', 'sequence_version', 'step_number', 'week'].map(
      (name) => most![name] ?? '',
    );
    const run = await explain('email_performance', key.join(' | '), 'open_rate_sent_lo', '--json');
    expect(run.stderr).toBe('');
    const explained = JSON.parse(run.stdout);
    expect(explained).toMatchObject({
      table: 'email_performance',
      key: key.join(' · '),
      column: 'open_rate_sent_lo',
      value: most!.open_rate_sent_lo,
      run: {
        run_id: 'run-of-the-test',
        load_id: 'load-of-email_performance',
        rules_version: 'rules-of-it',
      },
      rows_behind: [
        {
          column: 'opened',
          table: 'fct_email_message',
          gives: most!.opened,
          published: most!.opened,
        },
        { column: 'sent', table: 'fct_email_message', gives: most!.sent, published: most!.sent },
      ],
    });
    expect(explained.sql).toContain('-- Grain: campaign');
    expect(explained.query).toContain('with clock as (select');
    const [asked] = explained.rows_behind;
    expect((await select(tables, asked.query)).rows).toHaveLength(asked.rows_found);
  });

  it('prints the same for a person, with as many rows as are asked for', async () => {
    const [first] = (
      await select(tables, "select * from fct_purchase where kind <> 'refund' limit 1")
    ).rows;
    const run = await explain('dim_contact', String(first!.contact_key), 'ltv', '--rows', '1');
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toMatch(/^dim_contact\.ltv = /);
    expect(run.stdout).toMatch(
      /rows of fct_purchase make ltv: [\d.-]+, as published\nselect t\.\* from fct_purchase as t/,
    );
    expect(run.stdout).toContain('\n\nsql/views/marts/people/dim_contact.sql, over ');
  });

  it('says what a line of the week counts', async () => {
    const [line] = (
      await select(tables, "select * from weekly_summary where line = 'Bounced' limit 1")
    ).rows;
    expect((await explain('weekly_summary', `${line!.week} · Bounced`, 'value')).stdout).toMatch(
      new RegExp(
        'line {5}Sent messages that bounced\\.\nformula {2}bounced\n' +
          'owner {4}marketing; healthy: below 2 %',
      ),
    );
  });

  it('shows the rows also where no sum of them is the number', async () => {
    const [month] = (
      await select(tables, "select * from revenue where dimension = 'channel' and mrr > 0 limit 1")
    ).rows;
    const key = ['dimension', 'value', 'cohort', 'currency']
      .map((name) => month![name])
      .join(' · ');
    const { stdout } = await explain('revenue', key, 'mrr');
    expect(stdout).toContain('mrr is calculated by the SQL below, not added up from rows.\n\n');
    expect(stdout).toMatch(
      /\d+ rows? of fct_purchase behind its row\nselect t\.\* from fct_purchase/,
    );
    expect(stdout).not.toContain('nothing is added up');
  });

  it('shows none of a contact’s facts for what they do not make', async () => {
    const [contact] = (
      await select(tables, 'select * from dim_contact where emails_sent > 0 limit 1')
    ).rows;
    expect(await traced('dim_contact', contact!, 'country')).toMatchObject({
      traces: [],
      computed: ['country'],
    });
    expect(await traced('dim_contact', contact!, 'referrals')).toMatchObject({
      traces: [],
      unpublished: ['int_contact_vips'],
      computed: [],
    });
  });

  it('explains last week’s figure with last week’s row', async () => {
    const [week] = (await select(tables, 'select * from weekly_summary where previous > 0 limit 1'))
      .rows;
    const { traces } = await traced('weekly_summary', week!, 'previous');
    expect(traces).toMatchObject([
      { table: 'weekly_summary', rows_found: 1, gives: week!.previous },
    ]);
    expect(traces[0]!.rows[0]!.week).not.toBe(week!.week);
  });

  it('names the query of a check for its offending rows', async () => {
    const check = { checked_run_id: 'run1', check_id: 'check_daily_sums', failing: 1 };
    expect(await traced('data_quality', check, 'failing')).toMatchObject({
      unpublished: ['check_daily_sums'],
    });
    const { stdout } = await explain('data_quality', 'run1 | check_daily_sums', 'failing', '--sql');
    expect(stdout).toContain(
      'those of the view check_daily_sums, which is not published:\nwith clock as (select',
    );
    const texts = { ...check, check_id: 'check_withheld_texts' };
    const { unpublished, notes } = await traced('data_quality', texts, 'failing');
    expect([unpublished, notes.join()]).toEqual([[], expect.stringContaining('withheld-')]);
  });

  it('says so where the rows are not published, and where the row is itself the fact', async () => {
    const [day] = (await select(tables, 'select * from daily where calls_booked > 0 limit 1')).rows;
    const key = ['day', 'channel', 'lead_type', 'campaign', 'agent']
      .map((name) => day![name])
      .join(' · ');
    expect((await explain('daily', key, 'calls_booked')).stdout).toContain(
      'those of the view int_bookings, which is not published',
    );
    expect((await explain('dim_date', '2026-05-20', 'month')).stdout).toContain(
      'nothing is added up',
    );
  });

  it.each([
    [4, ['nothing', 'a', 'b'], 'there is no table nothing; there are weekly_summary, danger_list'],
    [4, ['weekly_sumary', 'a', 'b'], 'did you mean weekly_summary? There are weekly_summary, '],
    [4, ['funnel', 'a', 'b'], 'funnel has no column b; there are ladder, cohort'],
    [
      4,
      ['daily', 'a', 'talk'],
      'daily has no column talk; did you mean talk_minutes? There are day, ',
    ],
    [
      4,
      ['funnel', "pipeline · it's", 'leads'],
      'its key is ladder · cohort · dimension · value · stage, such as\n  pipeline · ',
    ],
    [2, ['funnel', 'a'], 'explain takes a table, a key and a column'],
  ])('ends with %i for %j, naming what there is', async (code, args, message) => {
    const run = await explain(...args);
    expect([run.status, run.stdout]).toEqual([code, '']);
    expect(run.stderr).toContain(message);
  });
});
