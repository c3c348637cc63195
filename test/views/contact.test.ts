/** What the views say of one contact: points and score, milestones, VIPs. */
import { beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../../core/durations.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

const T0 = at('2026-03-02');
let house: SqliteHouse;

beforeEach(() => {
  house = new SqliteHouse();
  house.insert('contacts', [{ contact_id: 1, contact_key: 'a', lead_added_at: T0 }]);
});

const message = (message_id: string, day: number) =>
  house.insert('email_messages', [{ contact_id: 1, message_id, created_at: T0 + day * DAY }]);
const mail = (message_id: string, event_type: string, day: number, more = {}) =>
  house.insert('email_events', [
    {
      contact_id: 1,
      message_id,
      event_type,
      occurred_at: T0 + day * DAY,
      event_id: `${message_id} ${event_type} ${day}`,
      landed_at: 0,
      ...more,
    },
  ]);
const met = (interaction_key: string, day: number, outcome: string | null, more = {}) =>
  house.insert('interactions', [
    {
      contact_id: 1,
      interaction_key,
      provider: 'api',
      occurred_at: T0 + day * DAY,
      channel: 'web',
      direction: 'inbound',
      outcome,
      ...more,
    },
  ]);
const points = (day: number) =>
  house
    .query('select kind, points from int_score_points order by occurred_at, kind', {
      as_of: T0 + day * DAY,
    })
    .map((row) => `${row.kind} ${row.points}`);
const score = (day: number) =>
  house.query('select score_milli from int_contact_scores', { as_of: T0 + day * DAY })[0]!
    .score_milli;
const milestones = (day: number) =>
  house.query('select * from int_contact_milestones', { as_of: T0 + day * DAY })[0]!;

describe('points (C1)', () => {
  it('come once per message and type, a click bringing its open (G2)', () => {
    message('m', 1);
    mail('m', 'clicked', 2);
    mail('m', 'clicked', 3);
    mail('m', 'opened', 3);
    mail('m', 'replied', 4);
    mail('m', 'replied', 5);
    expect(points(9)).toEqual(['click 10', 'open 5', 'reply 20']);
  });

  it('come not from machines', () => {
    message('m', 1);
    mail('m', 'opened', 2, { actor: 'machine' });
    mail('m', 'clicked', 2, { actor: 'machine' });
    expect(points(9)).toEqual([]);
  });

  it('come from what else a lead does', () => {
    met('a', 1, 'ebook');
    met('b', 2, 'trial');
    met('c', 3, 'visited_pricing');
    met('d', 4, 'replied', { channel: 'whatsapp' });
    met('e', 5, 'referral_given');
    met('f', 6, null);
    expect(points(9)).toEqual([
      'downloaded 10',
      'attended 15',
      'visited_pricing 15',
      'reply 20',
      'referral_given 20',
    ]);
  });

  it('come from a booking, its connection, a purchase and its completion', () => {
    house.insert('calls', [
      {
        contact_id: 1,
        call_key: 'c',
        provider: 'discord',
        medium: 'whatsapp',
        class: 'booked',
        direction: 'outbound',
        started_at: T0 + DAY,
      },
    ]);
    house.insert('purchases', [
      {
        contact_id: 1,
        purchase_key: 'p',
        provider: 'api',
        purchased_at: T0 + 2 * DAY,
        product_name: 'Course',
        kind: 'one_off',
        amount_minor: 100,
        currency: 'USD',
        status: 'completed',
        completed_at: T0 + 5 * DAY,
      },
    ]);
    expect(points(3)).toEqual(['booked 20', 'connected 15', 'purchase 50']);
    expect(points(9)).toEqual(['booked 20', 'connected 15', 'purchase 50', 'completion 25']);
  });
});

describe('score (C2)', () => {
  it('halves every thirty days, each point rounded to thousandths, half up', () => {
    met('a', 0, 'visited_pricing');
    expect([score(0), score(30), score(60), score(120)]).toEqual([15000, 7500, 3750, 938]);
    met('b', 0, 'attended');
    expect(score(120)).toBe(938 * 2);
  });

  it('is 0 for who did nothing', () => {
    expect(score(0)).toBe(0);
  });
});

describe('milestones', () => {
  it('keep firsts, lasts and counts up to as_of', () => {
    message('m', 1);
    mail('m', 'sent', 1);
    mail('m', 'clicked', 2);
    mail('m', 'clicked', 6);
    met('a', 4, 'no_response', { channel: 'linkedin', direction: 'outbound' });
    house.insert('calls', [
      {
        contact_id: 1,
        call_key: 'c1',
        provider: 'manual',
        class: 'booked',
        direction: 'outbound',
        booked_at: T0 + 3 * DAY,
        scheduled_at: T0 + 5 * DAY,
      },
      {
        contact_id: 1,
        call_key: 'c2',
        provider: 'manual',
        class: 'booked',
        direction: 'outbound',
        booked_at: T0 + 4 * DAY,
        scheduled_at: T0 + 8 * DAY,
        cancelled_at: T0 + 7 * DAY,
      },
    ]);
    expect(milestones(5)).toMatchObject({
      first_touch_at: T0 + DAY,
      last_touch_at: T0 + 4 * DAY,
      last_activity_at: T0 + 4 * DAY,
      emails_sent: 1,
      emails_clicked: 1,
      calls_booked: 2,
      next_follow_up_at: T0 + 8 * DAY,
      first_booking_at: T0 + 3 * DAY,
      attempts: 0,
    });
    expect(milestones(9)).toMatchObject({
      last_activity_at: T0 + 6 * DAY,
      next_follow_up_at: T0 + 5 * DAY,
    });
  });
});

describe('VIPs (L3)', () => {
  const vips = () =>
    house
      .query(
        'select contact_key from int_contact_vips join stg_contacts using (contact_id) where ' +
          'vip = 1 order by 1',
        {
          as_of: T0 + 9 * DAY,
        },
      )
      .map((row) => row.contact_key);
  const buyers = (count: number) => {
    for (let i = 1; i <= count; i++) {
      const contact_id = 100 + i;
      house.insert('contacts', [
        { contact_id, contact_key: `b${String(i).padStart(2, '0')}`, lead_added_at: T0 },
      ]);
      house.insert('purchases', [
        {
          contact_id,
          purchase_key: `p${i}`,
          provider: 'api',
          purchased_at: T0,
          product_name: 'Course',
          kind: 'one_off',
          amount_minor: 100 * i,
          currency: 'USD',
          status: 'enrolled',
          referrer_kind: i <= 3 ? 'email' : null,
          referrer_value: i <= 3 ? 'a@example.com' : null,
        },
      ]);
      house.insert('status_changes', [
        {
          contact_id,
          field: 'lead_status',
          occurred_at: T0,
          to_value: 'customer',
          cause: 'purchased',
          rule_id: 'F8',
        },
      ]);
    }
  };

  it('are the ninetieth percentile and above, once there are twenty', () => {
    buyers(19);
    expect(vips()).toEqual([]);
    house = new SqliteHouse();
    buyers(20);
    expect(vips()).toEqual(['b18', 'b19', 'b20']);
  });

  it('are who three buyers name, and who a person flagged', () => {
    house.insert('identities', [{ kind: 'email', value: 'a@example.com', contact_id: 1 }]);
    house.insert('contacts', [
      { contact_id: 2, contact_key: 'hand', lead_added_at: T0, vip_by_hand: 1 },
    ]);
    buyers(3);
    expect(vips()).toEqual(['a', 'hand']);
  });
});

it('keeps the close date of a deal, though its stage was set back since (S3)', () => {
  const closed = (to_value: string, day: number) =>
    house.insert('status_changes', [
      {
        contact_id: 1,
        field: 'sales_stage',
        occurred_at: T0 + day * DAY,
        to_value,
        cause: 'test',
        rule_id: 'S1',
      },
    ]);
  const closeDate = (day: number) =>
    house.query('select closed_at from dim_contact', { as_of: T0 + day * DAY });
  closed('closed_won', 3);
  closed('replied', 5);
  closed('closed_won', 7);
  expect(closeDate(2)).toEqual([{ closed_at: null }]);
  expect(closeDate(8)).toEqual([{ closed_at: T0 + 3 * DAY }]);
});
