/**
 * Status, stage and score on real D1: what a landing fact changes, and what the daily scorer finds
 * (L5, P5).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { houseConfig } from '../../core/config.ts';
import { DAY, MINUTE } from '../../core/durations.ts';
import { refreshAll, refreshContacts } from '../../warehouse/derive/refresh.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { openTestHouse, type TestHouse } from '../house.ts';
import { rowsInto } from './engine-rows.ts';

const T0 = 1_750_000_000_000;
const NOW = T0 + 120 * DAY;

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ env: { NOW: String(NOW) } });
  await ensureHouse(house.db, houseConfig(await house.runtime.getBindings('signalhouse-engine')));
});
afterAll(() => house?.close());

const { insert, contact, message, mail, purchase, call } = rowsInto(() => house.db);

const history = async (contact_id: number, field: string) =>
  (
    await house.db
      .prepare(
        'select occurred_at, to_value from status_changes where contact_id = ? and field = ? ' +
          'order by occurred_at',
      )
      .bind(contact_id, field)
      .all<{ occurred_at: number; to_value: string }>()
  ).results.map((row) => `${(row.occurred_at - T0) / DAY} ${row.to_value}`);
const summary = (contact_id: number) =>
  house.db.prepare('select * from contact_summary where contact_id = ?').bind(contact_id).first();
const rowsWritten = async (work: (db: D1Database) => Promise<void>) => {
  let written = 0;
  let queries = 0;
  const counted = new Proxy(house.db, {
    get(db, name) {
      if (name !== 'batch') return Reflect.get(db, name).bind(db);
      return async (statements: D1PreparedStatement[]) => {
        const results = await db.batch(statements);
        for (const { meta } of results) {
          written += meta.changes;
          queries += 1;
        }
        return results;
      };
    },
  });
  await work(counted);
  return { written, queries };
};

describe('refreshContacts', () => {
  it('derives history and summary of one contact from its facts', async () => {
    await contact(1, T0);
    await message(1, 'm1', T0 + DAY);
    await mail(1, 'm1', 'sent', T0 + DAY);
    await mail(1, 'm1', 'clicked', T0 + 2 * DAY);
    await mail(1, 'm1', 'replied', T0 + 3 * DAY);
    await call(1, 'c1', {
      booked_at: T0 + 4 * DAY,
      booked_day: '2025-06-19',
      scheduled_at: T0 + 6 * DAY,
    });
    await refreshContacts(house.db, [1], T0 + 5 * DAY);

    expect(await history(1, 'lead_status')).toEqual(['0 cold', '2 engaged', '3 hot', '94 dormant']);
    expect(await history(1, 'sales_stage')).toEqual([
      '0 new',
      '1 contacted',
      '3 replied',
      '4 scheduled',
    ]);
    expect(await summary(1)).toMatchObject({
      lead_status: 'hot',
      sales_stage: 'scheduled',
      unsubscribed: 0,
      vip: 0,
      emails_sent: 1,
      emails_opened: 1,
      emails_clicked: 1,
      emails_replied: 1,
      last_activity_at: T0 + 4 * DAY,
      next_follow_up_at: T0 + 6 * DAY,
    });
  });

  it('a repeat writes nothing, and a hundred contacts cost the queries of one', async () => {
    const again = await rowsWritten((db) => refreshContacts(db, [1], T0 + 5 * DAY + MINUTE));
    expect(again.written).toBe(0);
    const many = Array.from({ length: 100 }, (_, i) => 1000 + i);
    for (const id of many) await contact(id, T0);
    const first = await rowsWritten((db) => refreshContacts(db, many, NOW));
    // Of each a summary, two states to begin with, and the path of the lead.
    expect(first.written).toBe(400);
    expect(first.queries).toBeLessThanOrEqual(12);
    await house.db.prepare('delete from contacts where contact_id >= 1000').run();
    await refreshContacts(house.db, many, NOW);
    expect(await summary(1000)).toBeNull();
    expect(await history(1000, 'lead_status')).toEqual([]);
  });

  it('a late fact corrects what stood written ahead', async () => {
    await mail(1, 'm1', 'clicked', T0 + 60 * DAY);
    await refreshContacts(house.db, [1], NOW);
    expect(await history(1, 'lead_status')).toEqual([
      '0 cold',
      '2 engaged',
      '3 hot',
      '150 dormant',
    ]);
    await insert('interactions', {
      contact_id: 1,
      interaction_key: 'i1',
      provider: 'api',
      occurred_at: T0 + DAY / 2,
      occurred_day: '2025-06-15',
      channel: 'web',
      direction: 'inbound',
      outcome: 'ebook',
    });
    await refreshContacts(house.db, [1], NOW);
    expect(await history(1, 'lead_status')).toEqual(['0 cold', '0.5 warm', '3 hot', '150 dormant']);
  });

  it('a machine open changes nothing; what is stated or suppressed does (L2, L4, L6)', async () => {
    await contact(2, T0);
    await message(2, 'm2', T0);
    await mail(2, 'm2', 'delivered', T0 + 1000);
    await mail(2, 'm2', 'opened', T0 + 1500);
    await insert('observations', {
      kind: 'contact',
      thing_key: '2',
      observation_key: 'o1',
      contact_id: 2,
      provider: 'import',
      observed_at: T0 + 2 * DAY,
      landed_at: NOW,
      stated: JSON.stringify({
        lead_status: 'warm',
        sales_stage: 'proposal',
        last_contact_at: T0 + DAY,
      }),
    });
    await insert('suppressions', {
      contact_id: 2,
      address: 'a@b.c',
      reason: 'complained',
      suppressed_at: T0 + 3 * DAY,
    });
    await refreshContacts(house.db, [2], T0 + 4 * DAY);
    expect(await history(2, 'lead_status')).toEqual(['0 cold', '2 warm', '90 dormant']);
    expect(await history(2, 'sales_stage')).toEqual(['0 contacted', '2 proposal']);
    expect(await history(2, 'unsubscribed')).toEqual(['3 1']);
    expect(await summary(2)).toMatchObject({
      score_milli: 0,
      unsubscribed: 1,
      last_touch_at: T0 + DAY,
    });
  });

  it('a voicemail dial is no completed call; a completed booking is (S1)', async () => {
    await contact(3, T0);
    await call(3, 'c3', {
      provider: 'aircall',
      class: 'voicemail',
      started_at: T0 + DAY,
      started_day: '2025-06-16',
      completed_at: T0 + DAY,
      completed_day: '2025-06-16',
      outcome: 'follow_up',
    });
    await refreshContacts(house.db, [3], NOW);
    expect(await history(3, 'sales_stage')).toEqual(['0 new', '1 contacted']);
    await call(3, 'c4', {
      booked_at: T0 + 2 * DAY,
      booked_day: '2025-06-17',
      completed_at: T0 + 3 * DAY,
      completed_day: '2025-06-18',
      outcome: 'proposal_sent',
    });
    await refreshContacts(house.db, [3], NOW);
    expect(await history(3, 'sales_stage')).toEqual([
      '0 new',
      '1 contacted',
      '2 scheduled',
      '3 proposal',
    ]);
    expect(await summary(3)).toMatchObject({ next_follow_up_at: null });
  });

  it('a subscription lapses a period and its grace after the last receipt (F8)', async () => {
    await contact(4, T0);
    await purchase(4, 's1', T0, { kind: 'subscription' });
    await refreshContacts(house.db, [4], NOW);
    const [first, second] = await history(4, 'lead_status');
    expect(first).toBe('0 customer');
    expect(second).toMatch(/^3[5-8](\.\d+)? alumni$/);
    expect(await summary(4)).toMatchObject({
      lead_status: 'alumni',
      sales_stage: 'closed_won',
    });
  });
});

describe('the daily scorer', () => {
  it('equals single refreshes, scores included, and drops merged contacts (C3)', async () => {
    await refreshContacts(house.db, [1, 2, 3, 4], NOW);
    await insert('contact_summary', { ...(await summary(1)), contact_id: 99 });
    // Until when stored rows are true waits for the night where the currency is found by day.
    const rows = async () =>
      (
        await house.db
          .prepare('select * from contact_summary order by contact_id')
          .all<{ contact_id: number; valid_until: number }>()
      ).results.map((row) => ({ ...row, valid_until: 0 }));
    const changes = async () =>
      (await house.db.prepare('select * from status_changes order by 1, 2, 3').all()).results;
    const [before, history] = [await rows(), await changes()];
    await refreshAll(house.db, NOW, 2);
    expect(await rows()).toEqual(before.filter((row) => row.contact_id !== 99));
    expect(await changes()).toEqual(history);
    await house.db.batch([
      house.db.prepare('delete from contact_summary'),
      house.db.prepare('delete from status_changes'),
    ]);
    await refreshAll(house.db, NOW);
    expect(await rows()).toEqual(before.filter((row) => row.contact_id !== 99));
    expect(await changes()).toEqual(history);
  });

  it('finds the VIPs of the whole house (L3)', async () => {
    for (let i = 0; i < 20; i++) {
      await contact(200 + i, T0);
      await purchase(200 + i, `v${i}`, T0 + DAY, { amount_minor: 1000 * (i + 1) });
    }
    await contact(300, T0, { vip_by_hand: 1 });
    await refreshAll(house.db, NOW);
    const { results } = await house.db
      .prepare('select contact_id from contact_summary where vip = 1')
      .all();
    // 22 LTVs in EUR with contact 4's; row ceil(0.9 · 21) = 19 of 21.
    expect(results.map((row) => row.contact_id)).toEqual([217, 218, 219, 300]);
  });

  it('runs on its cron', async () => {
    await house.db.prepare('delete from contact_summary').run();
    await house.db.prepare('update house set opened_at = ?').bind(T0).run();
    const engine = await house.runtime.getWorker('signalhouse-engine');
    const wake = () => engine.scheduled({ cron: '30 * * * *' });
    expect(await wake()).toMatchObject({ outcome: 'ok' });
    expect((await summary(4))?.lead_status).toBe('alumni');
    await house.db.prepare('delete from contact_summary').run();
    await wake();
    expect(await summary(4)).toBeNull();
  });
});
