/**
 * The fold of P5 against the slow way: the same changes at the same instants, of hundreds of drawn
 * histories.
 */
import { expect, it } from 'vitest';
import { factsConfig } from '../../core/config.ts';
import { render } from '../../sql/render.ts';
import { refreshAll } from '../../warehouse/derive/refresh.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { random } from '../views/random-house.ts';
import { AS_OF, drawnHistory } from './drawn-history.ts';
import { naiveHistory, type Row, type Told } from './naive-history.ts';
import { sqliteD1 } from './sqlite-d1.ts';

const HISTORIES = process.env.FULL ? 3000 : 150;
/**
 * What will happen if nobody does anything is told ahead, so the slow way reads everything, too.
 */
const as_of = Date.UTC(2039, 0, 1);
const config = factsConfig({
  CONTACT_KEY_SECRET: 'k',
  HOUSE_ID: 'test',
  BUSINESS_TIME_ZONE: 'America/New_York',
  HOUSE_CURRENCY: 'USD',
  NOW: String(AS_OF),
});

const views: Record<keyof Told, string> = {
  contacts: 'stg_contacts order by contact_id',
  messages: 'int_email_messages order by contact_id',
  email_events: 'stg_email_events order by occurred_at',
  calls: 'stg_calls order by call_key',
  interactions: 'stg_interactions order by occurred_at',
  purchases: 'stg_purchases order by purchased_at, purchase_key',
  runs: 'int_subscription_runs order by contact_id',
  statements: 'stg_contact_statements order by observed_at, observation_key',
  suppressions: 'stg_suppressions order by suppressed_at',
  enrolments: 'stg_enrolments order by enrolled_at',
};

it('folds as asking at every instant does', async () => {
  const { db, close } = sqliteD1();
  await ensureHouse(db, config);
  const next = random(20_260_607);
  const facts = Array.from({ length: HISTORIES }, (_, no) => drawnHistory(no, next)).flat();
  for (let from = 0; from < facts.length; from += 500)
    await writeFacts(db, facts.slice(from, from + 500), config);
  await refreshAll(db, AS_OF);
  const rowsOf = async (sql: string) =>
    Map.groupBy((await db.prepare(sql).all<Row>()).results, ({ contact_id }) => contact_id);
  const told = new Map<string, Map<unknown, Row[]>>();
  for (const [name, view] of Object.entries(views))
    told.set(name, await rowsOf(render(`select * from ${view}`, { as_of })));
  const stored = await rowsOf('select * from status_changes');
  close();
  for (const [contact_id, changes] of stored) {
    const own = Object.fromEntries(
      [...told].map(([name, rows]) => [name, rows.get(contact_id) ?? []]),
    ) as Told;
    const lines = changes.map(({ field, occurred_at, from_value, to_value }) => {
      return `${field} ${occurred_at} ${from_value}>${to_value}`;
    });
    expect.soft(lines.sort(), `contact ${contact_id}`).toEqual(naiveHistory(own).sort());
  }
  expect(stored.size).toBeGreaterThanOrEqual(HISTORIES);
});
