/**
 * A table is published in its contract's order, so that a plain select and a tab of the workbook
 * read as they should.
 */
import { describe, expect, it } from 'vitest';
import type { Contract } from '../../sql/contract.ts';
import { marts } from '../../sql/views/index.ts';
import { funnel } from '../../sql/views/marts/funnel/funnel.ts';
import { dangerList } from '../../sql/views/marts/people/danger_list.ts';
import { weeklyLines } from '../../sql/views/marts/week/weekly_lines.ts';
import { weeklySummary } from '../../sql/views/marts/week/weekly_summary.ts';
import { martQuery } from '../../warehouse/read/mart-rows.ts';
import { randomAsOf, randomHouse } from './random-house.ts';

const house = randomHouse(60, 4);
house.db.exec(`update calls set class = 'voicemail', provider = 'aircall', direction = 'outbound'
  where contact_id % 2 = 0`);
house.db.exec('delete from purchases where contact_id % 2 = 0');

const published = (contract: Contract) =>
  house.db.prepare(martQuery(contract, null, { as_of: randomAsOf })).all();

describe('rows are published', () => {
  it('by columns that the table has', () => {
    for (const { contract } of marts)
      for (const name of contract.order ?? [])
        expect(
          contract.columns.map((column) => column.name),
          contract.name,
        ).toContain(name);
  });

  it('of the danger list with the most attempts first', () => {
    const ranks = published(dangerList.contract).map((row) => row.rank);
    expect(ranks.length).toBeGreaterThan(2);
    expect(ranks).toEqual(ranks.map((_, i) => i + 1));
  });

  it('of the week in the order of R10, week after week', () => {
    const order = weeklyLines.map(({ name }) => name);
    const rows = published(weeklySummary.contract);
    const place = (row: (typeof rows)[number]) => {
      const line = order.indexOf(String(row.line).replace(/^Revenue .*/, 'Revenue'));
      return `${row.week_start} ${String(line).padStart(2, '0')}`;
    };
    const places = rows.map(place);
    expect(new Set(places).size).toBeGreaterThan(2 * order.length);
    expect(places).toEqual(places.toSorted());
  });

  it('of the funnel stage by stage, those off the ladder last', () => {
    const rows = published(funnel.contract).filter(
      ({ dimension, ladder }) => dimension === 'all' && ladder === 'pipeline',
    );
    const first = rows.filter((row) => row.cohort === rows[0]!.cohort);
    expect(first.map((row) => row.stage)).toEqual([
      'new',
      'contacted',
      'replied',
      'scheduled',
      'called',
      'proposal',
      'closed_won',
      'closed_lost',
      'unsubscribed',
    ]);
  });
});
