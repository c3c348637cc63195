/**
 * What to do next with a person: decided by one view, and the same on every surface that shows it
 * (Q4).
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { readable } from '../../cli/text-cell.ts';
import { buildWorkbook } from '../../cli/workbook/workbook.ts';
import { factsConfig } from '../../core/config.ts';
import { DAY } from '../../core/durations.ts';
import { nextActions, nextActionText } from '../../core/next-action.ts';
import { csvHeader, csvLines } from '../../platform/files/csv.ts';
import type { Cell } from '../../sql/cell.ts';
import { runColumns } from '../../sql/contract.ts';
import { dangerList } from '../../sql/views/marts/people/danger_list.ts';
import { upsertSummaries } from '../../warehouse/derive/contact-summaries.ts';
import { readDashboard } from '../../warehouse/read/dashboard.ts';
import { readList } from '../../warehouse/read/lists.ts';
import { martQuery } from '../../warehouse/read/mart-rows.ts';
import { readPerson } from '../../warehouse/read/person.ts';
import { refreshMarts } from '../../warehouse/stored/refresh-marts.ts';
import { personPage } from '../../web/person.ts';
import { danger } from '../../web/sections/danger.ts';
import { sqliteD1 } from '../properties/sqlite-d1.ts';
import { randomAsOf, randomHouse } from './random-house.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

const as_of = at('2026-03-10');

type State = {
  status?: string;
  stage?: string;
  unsubscribed?: boolean;
  stated?: string;
  /** When a booked call takes place that was neither held nor cancelled. */
  booked?: number;
  /** What a call five days ago agreed on. */
  agreed?: string;
  bought?: number;
};

function actionOf(state: State) {
  const house = new SqliteHouse();
  const who = { contact_id: 1 };
  const added = as_of - 30 * DAY;
  const { status, stage, unsubscribed, stated, booked, agreed, bought } = state;
  house.insert('contacts', [
    { ...who, contact_key: 'k', lead_added_at: added, next_action: stated ?? null },
  ]);
  const states = { lead_status: status, sales_stage: stage, unsubscribed: unsubscribed && '1' };
  for (const [field, to_value] of Object.entries(states))
    if (to_value)
      house.insert('status_changes', [
        { ...who, field, to_value, occurred_at: added, cause: 'test', rule_id: 'S1' },
      ]);
  const call = { ...who, provider: 'manual', direction: 'outbound' };
  if (booked)
    house.insert('calls', [
      { ...call, call_key: 'b', class: 'booked', booked_at: added, scheduled_at: booked },
    ]);
  if (agreed) {
    const completed_at = as_of - 5 * DAY;
    house.insert('calls', [
      { ...call, call_key: 'c', class: 'connected', completed_at, next_steps: agreed },
    ]);
  }
  if (bought)
    house.insert('purchases', [
      {
        ...who,
        purchase_key: 'p',
        provider: 'api',
        product_name: 'Course',
        kind: 'one_off',
        amount_minor: 100,
        currency: 'USD',
        status: 'enrolled',
        purchased_at: bought,
      },
    ]);
  const [row] = house.query('select next_action, stated_action from int_next_actions', { as_of });
  return row!.next_action === 'as_stated' ? row!.stated_action : row!.next_action;
}

describe('the next action', () => {
  it.each<[State, string]>([
    [{}, 'first_touch'],
    [{ stage: 'contacted' }, 'follow_up'],
    [{ stage: 'contacted', status: 'engaged' }, 'nurture'],
    [{ stage: 'contacted', status: 'warm' }, 'invite_to_call'],
    [{ status: 'hot' }, 'call_today'],
    [{ status: 'hot', stage: 'replied' }, 'answer_reply'],
    [{ status: 'hot', stage: 'called' }, 'send_proposal'],
    [{ status: 'hot', stage: 'proposal' }, 'close_deal'],
    [{ status: 'hot', stage: 'scheduled', booked: as_of }, 'prepare_call'],
    [{ status: 'hot', stage: 'scheduled', booked: as_of - 1 }, 'follow_up'],
    [{ status: 'dormant', stage: 'replied' }, 're_engage'],
    [{ status: 'customer' }, 'onboard'],
    [{ status: 'alumni', stage: 'closed_won' }, 'retain'],
    [{ stage: 'closed_lost' }, 'leave_alone'],
    [{ status: 'hot', unsubscribed: true }, 'leave_alone'],
    [{ status: 'hot', unsubscribed: true, booked: as_of + DAY }, 'prepare_call'],
    [{ status: 'hot', stated: 'bring the blue folder' }, 'bring the blue folder'],
    [{ status: 'hot', stated: 'nurture' }, 'nurture'],
    [{ stage: 'called', agreed: 'send the dates' }, 'send the dates'],
    [{ stage: 'called', agreed: 'send the dates', stated: 'wait' }, 'wait'],
    [{ status: 'customer', agreed: 'send the dates', bought: as_of - DAY }, 'onboard'],
    [{ status: 'customer', agreed: 'send the dates', bought: as_of - 9 * DAY }, 'send the dates'],
  ])('of %o is %s', (state, action) => {
    expect(actionOf(state)).toBe(action);
  });
});

/** The danger list's tab, opened again: contact key → next action. */
async function tabOf(rows: Cell[][]): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'signalhouse-next-action-'));
  const run = { house_id: 'h', is_sample: false, run_id: 'r', as_of: randomAsOf, attempt: 1 };
  const text =
    csvHeader(dangerList.contract) +
    csvLines(dangerList.contract, { ...run, rules_version: 'v' })(rows);
  writeFileSync(join(folder, 'danger_list.csv'), text);
  const file = { bytes: text.length, sha256: 'unread' };
  const { name, kind, answers, columns } = dangerList.contract;
  const written = { rows: rows.length, checksum: 'c', load_id: 'l', data_through: null };
  const mart = {
    name,
    kind,
    answers,
    columns: [...runColumns, ...columns],
    ...written,
    files: { csv: file, parquet: file },
  };
  const bytes = await buildWorkbook(folder, { ...run, rules_version: 'v', marts: [mart] });
  const { sheets } = await readXlsx(bytes);
  rmSync(folder, { recursive: true });
  const [heads, ...body] = sheets.find((sheet) => sheet.name === name)!.rows;
  const cell = (row: unknown[], column: string) => String(row[heads!.indexOf(column)]);
  return new Map(body.map((row) => [cell(row, 'contact_key'), cell(row, 'next_action')]));
}

describe('on a random house', () => {
  it('is the same on every surface: list, show, person, danger list and workbook', async () => {
    const house = randomHouse(60, 11);
    house.db.exec(`update contacts set next_action = 'Ring before nine' where contact_id % 7 = 0`);
    house.db.exec(`update contacts set next_action = 'call_today' where contact_id % 7 = 1`);
    house.db.exec(`update calls set next_steps = 'Send the dates' where duration_s = 95`);
    // Most of the calls reach nobody, so that many are in danger.
    house.db.exec(`update calls set class = 'voicemail', completed_at = null, provider = 'aircall',
      direction = 'outbound', started_at = coalesce(started_at, booked_at), booked_at = null
      where contact_id % 3 > 0`);
    house.db.exec('delete from purchases where contact_id % 3 > 0');
    house.db.exec(upsertSummaries({ as_of: randomAsOf }, true));
    const { db } = sqliteD1(house.tables);
    const config = factsConfig({
      API_TOKEN: 'test-token',
      CONTACT_KEY_SECRET: 'test-contact-key-secret',
      HOUSE_ID: 'test-house',
      NOW: String(randomAsOf),
    });
    // It derives the histories that the random house made up.
    await refreshMarts(db, config);
    const listed = await readList(db, 'prospects', { limit: 500, as_of: randomAsOf });
    const setting = { as_of: randomAsOf, time_zone: 'UTC', is_sample: false };
    const published = new Map(
      house
        .query('select contact_key, next_action from dim_contact', { as_of: randomAsOf })
        .map((row) => [row.contact_key, row.next_action]),
    );
    const seen = new Set<unknown>();
    for (const { contact_key, next_action } of listed) {
      const person = (await readPerson(db, String(contact_key), {
        as_of: randomAsOf,
        country: 'AU',
        secret: 'k',
      }))!;
      expect(person.next_action).toBe(next_action);
      const words = nextActionText(String(next_action));
      expect(readable('next_action', next_action!, {})).toBe(words);
      expect(String(personPage(person, setting, 'https://house.test/r/1-a'))).toContain(
        `<p class="next">${words}</p>`,
      );
      const code = Object.hasOwn(nextActions, String(next_action)) ? next_action : 'as_stated';
      // Who is no lead yet at as_of is listed, but not published.
      if (published.has(contact_key!)) expect(published.get(contact_key!)).toBe(code);
      seen.add(code);
    }
    expect(seen.size).toBeGreaterThan(6);
    expect(seen).toContain('as_stated');
    const shown = (await readDashboard(db, config))!.danger;
    expect(shown.length).toBeGreaterThan(4);
    const section = String(danger(shown, 'UTC'));
    const rows = house.db
      .prepare(martQuery(dangerList.contract, null, { as_of: randomAsOf }))
      .all();
    const tab = await tabOf(rows.map((row) => Object.values(row) as Cell[]));
    expect([...tab.keys()].sort()).toEqual(shown.map((lead) => lead.contact_key).sort());
    for (const { contact_key } of shown) {
      const said = listed.find((row) => row.contact_key === contact_key)!.next_action;
      const [, row] = section.split(`/people/${contact_key}"`);
      expect(row!.split('</tr>')[0]).toContain(`>${nextActionText(String(said))}<`);
      expect(tab.get(contact_key)).toBe(published.get(contact_key));
    }
  });
});
