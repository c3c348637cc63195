/**
 * What mail counts, worked out by hand: what events imply (F4), whose doing an open or a click is
 * (F5), what a step is (E2).
 */
import { expect, it } from 'vitest';
import { at, SqliteHouse } from './sqlite-house.ts';

const as_of = at('2026-06-30');
const MONDAY = at('2026-06-01T09:00:00');

type Told = { event_type: string; after?: number } & Record<string, string | number | null>;

function houseOf() {
  const house = new SqliteHouse();
  house.insert('contacts', [{ contact_id: 1, contact_key: 'k1', lead_added_at: MONDAY }]);
  const mail = (message_id: string, told: Told[], of = {}) => {
    const message = {
      contact_id: 1,
      message_id,
      created_at: MONDAY,
      campaign_id: 'spring',
      sequence_version: 1,
    };
    house.insert('email_messages', [{ ...message, step_number: 1, ...of }]);
    house.insert(
      'email_events',
      told.map(({ after = 0, ...event }, n) => ({
        contact_id: 1,
        message_id,
        event_id: `${message_id} ${n}`,
        landed_at: MONDAY,
        occurred_at: MONDAY + after,
        ...event,
      })),
    );
  };
  const ask = (select: string) => house.query(select, { as_of });
  return { house, mail, ask };
}

it('counts a message as failed whether or not the provider had called it sent', () => {
  const { mail, ask } = houseOf();
  mail('sent', [{ event_type: 'sent' }]);
  mail('never', [{ event_type: 'failed' }]);
  mail('after', [{ event_type: 'sent' }, { event_type: 'failed', after: 5000 }]);
  expect(ask('select sum(emails_sent) as sent, sum(failed) as failed from daily')).toEqual([
    { sent: 2, failed: 2 },
  ]);
  expect(ask('select sent, failed from email_performance')).toEqual([{ sent: 2, failed: 2 }]);
  expect(
    ask(`select value from weekly_summary where week = '2026-W23' and line = 'Failed'`),
  ).toEqual([{ value: 2 }]);
  expect(ask('select count(failed_at) as failed from fct_email_message')).toEqual([{ failed: 2 }]);
  for (const check of ['check_daily_sums', 'check_weekly_sums', 'check_email_counts'])
    expect(ask(`select * from ${check}`)).toEqual([]);
});

it('counts three distinct links within a second as a machine; a click without link is none', () => {
  const { mail, ask } = houseOf();
  const clicks = (...links: [string | null, number][]): Told[] =>
    links.map(([link, after]) => ({ event_type: 'clicked', link, after }));
  mail('machine', clicks(['/a', 0], ['/b', 500], ['/c', 1000], ['/d', 1001]));
  mail('slow', clicks(['/a', 0], ['/b', 500], ['/c', 1001]));
  mail('same', clicks(['/a', 0], ['/b', 0], ['/a', 0]));
  mail('untold', clicks(['/a', 0], ['/b', 0], [null, 0]));
  const machines = ask(`select event_id from fct_email_event where is_human = 0 order by event_id`);
  expect(machines.map((row) => row.event_id)).toEqual([
    'machine 0',
    'machine 1',
    'machine 2',
    'machine 3',
  ]);
});

it('names the kind of mail that the step is, else the one that its messages state', () => {
  const { house, mail, ask } = houseOf();
  house.insert('sequence_steps', [
    { campaign_id: 'spring', sequence_version: 1, step_number: 1, email_type: 'welcome' },
    { campaign_id: 'spring', sequence_version: 1, step_number: 2, email_type: null },
  ]);
  mail('stated', [{ event_type: 'sent' }], { email_type: null });
  mail('untold', [{ event_type: 'sent' }], { step_number: 2, email_type: null });
  mail('told', [{ event_type: 'sent' }], { step_number: 2, email_type: 'value' });
  const kinds = [
    { step_number: 1, email_type: 'welcome' },
    { step_number: 2, email_type: 'value' },
  ];
  for (const mart of ['email_performance', 'dim_sequence_step'])
    expect(ask(`select step_number, email_type from ${mart} order by 1`)).toEqual(kinds);
});

it('says unknown where a bounce tells no kind, and nothing where there was no bounce', () => {
  const { mail, ask } = houseOf();
  mail('m', [{ event_type: 'sent' }, { event_type: 'bounced' }]);
  expect(ask('select event_type, bounce_type from fct_email_event order by event_id')).toEqual([
    { event_type: 'sent', bounce_type: null },
    { event_type: 'bounced', bounce_type: 'unknown' },
  ]);
  expect(ask('select bounce_type from fct_email_message')).toEqual([{ bounce_type: 'unknown' }]);
});
