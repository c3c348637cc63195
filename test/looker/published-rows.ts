/**
 * Published rows of a random house, as a reader of the files has them: a blank text is an empty
 * cell.
 */
import { HOUR } from '../../core/durations.ts';
import type { Row } from '../../looker/evaluate.ts';
import { randomAsOf, randomHouse } from '../views/random-house.ts';
import { at } from '../views/sqlite-house.ts';

/** A day whose last week and twelve weeks hold facts of every kind. */
export const TODAY = '2026-05-20';
export const house = randomHouse(process.env.FULL ? 400 : 120, 7);
neverReached(45);

export const ask = (sql: string): Row[] => house.query(sql, { as_of: randomAsOf });

const read = new Map<string, Row[]>();

/** Rows of a table, read once. */
export function publishedRows(name: string): Row[] {
  const known = read.get(name);
  if (known) return known;
  const rows = ask(`select * from ${name}`).map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, cell]) => [column, cell === '' ? null : cell]),
    ),
  );
  read.set(name, rows);
  return rows;
}

/**
 * Leads called three to six times without an answer: more than the danger list holds, which the
 * random house has hardly any of.
 */
function neverReached(people: number): void {
  const types = ['whatsapp', 'trial_class', 'ebook', null];
  for (let n = 0; n < people; n++) {
    const who = { contact_id: 9000 + n };
    const lead_added_at = at('2026-03-02') + n * 37 * HOUR;
    house.insert('contacts', [
      { ...who, contact_key: `n${(n * 31) % 97}`, lead_type: types[n % 4]!, lead_added_at },
    ]);
    house.insert(
      'calls',
      Array.from({ length: 3 + (n % 4) }, (_, call) => ({
        ...who,
        call_key: `n${n}-${call}`,
        provider: 'aircall',
        class: 'voicemail',
        direction: 'outbound',
        started_at: lead_added_at + (call + 1) * 7 * HOUR,
        agent_id: call % 2 ? 'ann' : 'bob',
      })),
    );
  }
}
