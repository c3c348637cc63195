/** Whose mail arrives where, and how fast, worked out by hand (G9, E8). */
import { expect, it } from 'vitest';
import { at, SqliteHouse } from './sqlite-house.ts';

const as_of = at('2026-06-30');
const MONDAY = at('2026-06-01T09:00:00');

function houseOf(): {
  house: SqliteHouse;
  mail: (id: string, events: Record<string, number>, more?: object, of?: object) => void;
} {
  const house = new SqliteHouse();
  house.insert('contacts', [{ contact_id: 1, contact_key: 'k1', lead_added_at: MONDAY }]);
  const mail = (message_id: string, events: Record<string, number>, more = {}, of = {}) => {
    const message = { contact_id: 1, message_id, created_at: MONDAY, sending_domain: 'a.example' };
    house.insert('email_messages', [{ ...message, recipient_domain_group: 'gmail', ...of }]);
    house.insert(
      'email_events',
      Object.entries(events).map(([event_type, seconds]) => ({
        contact_id: 1,
        message_id,
        event_id: `${message_id} ${event_type}`,
        event_type,
        landed_at: MONDAY,
        occurred_at: MONDAY + seconds * 1000,
        ...more,
      })),
    );
  };
  return { house, mail };
}

it('counts what became of the mail of a day, and takes percentiles of the deliveries told', () => {
  const { house, mail } = houseOf();
  // Twenty deliveries that took 1 to 20 seconds: the median is the tenth, the 95th percentile the
  // nineteenth.
  for (let n = 1; n <= 20; n++) mail(`d${n}`, { sent: 0, delivered: n });
  // An open implies a delivery, but not how long it took.
  mail('opened', { sent: 0, opened: 9000 });
  mail('late', { sent: 0, delivery_delayed: 60 });
  mail('hard', { sent: 0, bounced: 2 }, { bounce_type: 'hard' });
  mail('soft', { sent: 0, bounced: 2 }, { bounce_type: 'soft' });
  mail('untold', { sent: 0, bounced: 2 });
  mail('spam', { sent: 0, complained: 5000 });
  mail('held', { suppressed: 1 });
  mail('failed', { failed: 1 });
  const rows = house.query('select * from deliverability', { as_of });
  expect(rows).toMatchObject([
    {
      day: '2026-06-01',
      sending_domain: 'a.example',
      recipient_domain_group: 'gmail',
      sent: 26,
      delivered: 22,
      delayed: 1,
      bounced: 3,
      hard_bounced: 1,
      soft_bounced: 1,
      complained: 1,
      suppressed: 1,
      below_threshold: 0,
      p50_seconds_to_deliver: 10,
      p95_seconds_to_deliver: 19,
    },
  ]);
  expect(rows[0]!.delivered_rate_sent).toBeCloseTo(22 / 26, 12);
  expect(rows[0]!.hard_bounce_rate_sent).toBeCloseTo(1 / 26, 12);
  expect(rows[0]!.complaint_rate_delivered).toBeCloseTo(1 / 22, 12);
  expect(house.query('select * from check_deliverability_counts', { as_of })).toEqual([]);
});

it('keeps days, domains and groups apart, and says unknown where nothing was told', () => {
  const { house, mail } = houseOf();
  mail('m1', { sent: 0, delivered: 1 });
  mail('m2', { sent: 86_400, delivered: 86_399 });
  mail('m3', { sent: 0 }, {}, { sending_domain: 'b.example' });
  mail('m4', { suppressed: 0 }, {}, { sending_domain: null, recipient_domain_group: null });
  expect(
    house.query(
      `select day, sending_domain as domain, recipient_domain_group as mailbox, sent,
         delivered_rate_sent as rate, complaint_rate_delivered as complaints,
         p95_seconds_to_deliver as p95
       from deliverability order by 1, 2`,
      { as_of },
    ),
  ).toEqual([
    {
      day: '2026-06-01',
      domain: 'a.example',
      mailbox: 'gmail',
      sent: 1,
      rate: 1,
      complaints: 0,
      p95: 1,
    },
    {
      day: '2026-06-01',
      domain: 'b.example',
      mailbox: 'gmail',
      sent: 1,
      rate: 0,
      complaints: null,
      p95: null,
    },
    {
      day: '2026-06-01',
      domain: 'unknown',
      mailbox: 'unknown',
      sent: 0,
      rate: null,
      complaints: null,
      p95: null,
    },
    {
      day: '2026-06-02',
      domain: 'a.example',
      mailbox: 'gmail',
      sent: 1,
      rate: 1,
      complaints: 0,
      p95: 0,
    },
  ]);
});

it('is empty in an empty house', () => {
  expect(new SqliteHouse().query('select * from deliverability', { as_of })).toEqual([]);
});
