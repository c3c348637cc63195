/**
 * The dimensions and the row-level facts of mail and status, on figures that were worked out on
 * paper.
 */
import { describe, expect, it } from 'vitest';
import { marts } from '../../sql/views/index.ts';
import { randomAsOf, randomHouse } from './random-house.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

const as_of = at('2026-03-15T12:00:00');

describe('who and what the facts name', () => {
  const house = new SqliteHouse();
  house.insert('contacts', [{ contact_id: 1, contact_key: 'a', lead_added_at: at('2026-03-01') }]);
  const call = { contact_id: 1, provider: 'aircall', class: 'done', direction: 'outbound' };
  house.insert('calls', [
    { ...call, call_key: '1', agent_id: 'ann', started_at: at('2026-03-02') },
    { ...call, call_key: '2', agent_id: 'ann', started_at: at('2026-03-04') },
    { ...call, call_key: '3', agent_id: 'zoe', started_at: at('2026-04-01') },
  ]);
  const sale = {
    contact_id: 1,
    provider: 'api',
    product_name: 'Course',
    currency: 'USD',
    status: 'enrolled',
  };
  house.insert('purchases', [
    {
      ...sale,
      purchase_key: 'p',
      kind: 'one_off',
      amount_minor: 100,
      agent_id: 'bob',
      purchased_at: at('2026-03-05'),
    },
    {
      ...sale,
      purchase_key: 'q',
      kind: 'one_off',
      amount_minor: 0,
      purchased_at: at('2026-03-06'),
    },
  ]);
  house.insert('campaigns', [
    {
      campaign_id: 'spring',
      name: 'Spring for Ada',
      status: 'active',
      goal: 'nurture',
      start_at: at('2026-03-01'),
    },
  ]);
  house.insert('enrolments', [
    {
      contact_id: 1,
      enrolment_key: 'walk-in:ana',
      campaign_id: 'walk-in',
      enrolled_at: at('2026-03-03'),
      current_step: 1,
      status: 'active',
    },
  ]);
  const message = { contact_id: 1, campaign_id: 'spring', created_at: at('2026-03-07T09:00:00') };
  house.insert('email_messages', [
    { ...message, message_id: 'm1', sequence_version: 1, step_number: 1, email_type: 'proposal' },
    { ...message, message_id: 'm2', sequence_version: 2, step_number: 1 },
    { ...message, message_id: 'm3', campaign_id: null },
  ]);
  house.insert('sequence_steps', [
    { campaign_id: 'spring', sequence_version: 2, step_number: 1, email_type: 'solution' },
    { campaign_id: 'spring', sequence_version: 2, step_number: 2 },
  ]);
  const event = { contact_id: 1, landed_at: 0 };
  house.insert('email_events', [
    {
      ...event,
      message_id: 'm1',
      event_id: 'e1',
      event_type: 'sent',
      occurred_at: at('2026-03-07T09:00:00'),
    },
    {
      ...event,
      message_id: 'm1',
      event_id: 'e2',
      event_type: 'delivered',
      occurred_at: at('2026-03-07T09:00:01'),
    },
    // A second after the delivery: the scanner of a mailbox, not a person (F5).
    {
      ...event,
      message_id: 'm1',
      event_id: 'e3',
      event_type: 'opened',
      occurred_at: at('2026-03-07T09:00:02'),
    },
    {
      ...event,
      message_id: 'm3',
      event_id: 'e4',
      event_type: 'clicked',
      occurred_at: at('2026-03-08'),
      link: '/ada',
    },
    {
      ...event,
      message_id: 'm3',
      event_id: 'e5',
      event_type: 'replied',
      occurred_at: at('2026-04-08'),
    },
  ]);
  const change = { contact_id: 1, cause: 'reply', rule_id: 'S1' };
  house.insert('status_changes', [
    {
      ...change,
      field: 'lead_status',
      occurred_at: at('2026-03-01'),
      from_value: null,
      to_value: 'cold',
    },
    {
      ...change,
      field: 'lead_status',
      occurred_at: at('2026-03-08'),
      from_value: 'cold',
      to_value: 'hot',
    },
    {
      ...change,
      field: 'lead_status',
      occurred_at: at('2026-06-08'),
      from_value: 'hot',
      to_value: 'dormant',
    },
    {
      ...change,
      field: 'sales_stage',
      occurred_at: at('2026-03-01'),
      from_value: null,
      to_value: 'new',
    },
  ]);
  const ask = (view: string, order: string) =>
    house.query(`select * from ${view} order by ${order}`, { as_of });

  it('dim_agent: one row each, and no one who acts only later', () => {
    expect(ask('dim_agent', 'agent')).toEqual([
      {
        agent: 'ann',
        is_named: 1,
        first_attempt_at: at('2026-03-02'),
        last_attempt_at: at('2026-03-04'),
        // The second purchase names nobody: hers was the last call that reached the buyer (R3).
        first_sale_at: at('2026-03-06'),
        last_sale_at: at('2026-03-06'),
      },
      {
        agent: 'bob',
        is_named: 1,
        first_attempt_at: null,
        last_attempt_at: null,
        first_sale_at: at('2026-03-05'),
        last_sale_at: at('2026-03-05'),
      },
      ...['none', 'unknown'].map((agent) => ({
        agent,
        is_named: 0,
        first_attempt_at: null,
        last_attempt_at: null,
        first_sale_at: null,
        last_sale_at: null,
      })),
    ]);
  });

  it('dim_campaign: those stated, those only named, and none; never what it was called', () => {
    const campaigns = ask('dim_campaign', 'campaign');
    expect(campaigns.map(({ campaign }) => campaign)).toEqual(['none', 'spring', 'walk-in']);
    expect(campaigns[1]).toEqual({
      campaign: 'spring',
      is_stated: 1,
      goal: 'nurture',
      channel: 'unknown',
      status: 'active',
      start_at: at('2026-03-01'),
      end_at: null,
      last_sequence_version: 2,
      first_sent_at: message.created_at,
      last_sent_at: message.created_at,
    });
    expect(campaigns[2]).toMatchObject({
      is_stated: 0,
      goal: 'unknown',
      status: 'unknown',
      first_sent_at: null,
    });
    expect(JSON.stringify(campaigns)).not.toContain('Ada');
  });

  it('dim_sequence_step: what the house stated and what messages bear', () => {
    const step = (sequence_version: number, step_number: number, email_type: string) => ({
      campaign: 'spring',
      sequence_version,
      step_number,
      email_type,
    });
    expect(ask('dim_sequence_step', 'sequence_version, step_number')).toEqual([
      {
        ...step(1, 1, 'proposal'),
        is_last_version: 0,
        first_sent_at: message.created_at,
        last_sent_at: message.created_at,
      },
      { ...step(2, 1, 'solution'), is_last_version: 1, first_sent_at: null, last_sent_at: null },
      { ...step(2, 2, 'unknown'), is_last_version: 1, first_sent_at: null, last_sent_at: null },
    ]);
  });

  it('fct_email_event: each event so far, with its actor’s class, without link or agent', () => {
    const events = ask('fct_email_event', 'event_id');
    expect(
      events.map(({ event_id, actor, is_human, campaign }) => [
        event_id,
        actor,
        is_human,
        campaign,
      ]),
    ).toEqual([
      ['e1', 'human', 1, 'spring'],
      ['e2', 'human', 1, 'spring'],
      ['e3', 'machine', 0, 'spring'],
      ['e4', 'unknown', 1, 'none'],
    ]);
    expect(events[0]).toMatchObject({
      contact_key: 'a',
      occurred_day: '2026-03-07',
      sequence_version: 1,
      step_number: 1,
    });
    expect(JSON.stringify(events)).not.toContain('/ada');
  });

  it('fct_status_change: each change due by now; a future one neither shows nor ends any', () => {
    const changes = ask('fct_status_change', 'field, occurred_at');
    expect(
      changes.map(({ field, change_no, to_value, left_at, is_present }) => [
        field,
        change_no,
        to_value,
        left_at,
        is_present,
      ]),
    ).toEqual([
      ['lead_status', 1, 'cold', at('2026-03-08'), 0],
      ['lead_status', 2, 'hot', null, 1],
      ['sales_stage', 1, 'new', null, 1],
    ]);
  });
});

describe('dimensions hold every key that a fact or a mart names', () => {
  const house = randomHouse(80, 11);
  const missing = (from: string, dimension: string, key: string) =>
    house.query(
      `select distinct named.${key} from ${from} as named
         left join ${dimension} as known on known.${key} = named.${key}
       where known.${key} is null`,
      { as_of: randomAsOf },
    );
  it.each([
    ['daily', 'dim_agent', 'agent'],
    ['daily', 'dim_campaign', 'campaign'],
    ['daily', 'dim_date', 'day'],
    ['fct_call_attempt', 'dim_agent', 'agent'],
    ['fct_purchase', 'dim_agent', 'agent'],
    ['fct_email_event', 'dim_campaign', 'campaign'],
    ['fct_interaction', 'dim_campaign', 'campaign'],
    ['fct_ad_spend', 'dim_campaign', 'campaign'],
    ['fct_status_change', 'dim_contact', 'contact_key'],
  ])('%s in %s', (from, dimension, key) => {
    expect(missing(from, dimension, key)).toEqual([]);
  });
});

it('an empty house has the days of this year and the next, and the words for nobody', () => {
  const empty = new SqliteHouse();
  const counts = marts
    .filter(({ contract }) => contract.kind !== 'mart')
    .map(({ name }) => [name, empty.query(`select * from ${name}`, { as_of }).length]);
  const filled = Object.fromEntries(counts.filter(([, rows]) => rows !== 0));
  expect(filled).toEqual({ dim_date: 396, dim_agent: 2, dim_campaign: 1 });
});
