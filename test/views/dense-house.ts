/**
 * Houses of a few people whose facts fall on the same few instants: ties, edges of every window,
 * nights of the clocks, odd order.
 */
import { DAY, HOUR } from '../../core/durations.ts';
import { callMedium } from '../../core/facts/origin.ts';
import { random } from './random-house.ts';
import { SqliteHouse, type ViewRow } from './sqlite-house.ts';

/** A week in which the clocks of the zone change, by one of its days. */
const zones: [zone: string, day: string][] = [
  ['UTC', '2026-03-29'],
  ['America/St_Johns', '2026-03-08'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Europe/Berlin', '2026-03-29'],
];
/** What became of a message, in any order. */
const stories = [
  ['sent', 'delivered', 'opened', 'clicked'],
  ['clicked', 'clicked', 'clicked', 'delivered'],
  ['opened', 'delivered'],
  ['replied'],
  ['sent', 'opened', 'replied'],
  ['auto_replied'],
  ['sent', 'delivered', 'auto_replied', 'bounced'],
  ['complained', 'unsubscribed'],
  ['failed'],
  ['failed', 'sent'],
  ['scheduled', 'suppressed'],
  [],
  ['delivery_delayed', 'sent'],
  ['bounced', 'sent'],
  ['bounced', 'opened'],
  ['clicked', 'clicked', 'clicked', 'opened'],
];

export type Tables = Record<string, ViewRow[]>;
export type DenseHouse = { house: SqliteHouse; as_of: number; words: string; tables: Tables };

/**
 * The n-th house of the series, always the same, with its stored rows; everyone in it is a lead by
 * `as_of`.
 */
export function denseHouse(n: number): DenseHouse {
  const next = random(n * 7919 + 5);
  // Draws of their own, so that the rest of the house stays as it was.
  const more = random(n + 7919);
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(...choices: T[]): T => choices[below(choices.length)]!;
  const [zone, day] = pick(...zones);
  const currency = pick('USD', 'JPY', null);
  const house = new SqliteHouse({ zone, currency, from: '2025-09-01', to: '2027-09-05' });
  const [night] = house.db.prepare('select * from calendar where day = ?').all(day) as {
    week_start: string;
    starts_at: number;
  }[];
  const week_ends = Math.max(
    ...(
      house.db
        .prepare('select ends_at from calendar where week_start = ?')
        .all(night!.week_start) as {
        ends_at: number;
      }[]
    ).map(({ ends_at }) => ends_at),
  );
  const as_of = pick(
    week_ends - 1,
    week_ends,
    week_ends + 3 * DAY,
    week_ends + 40 * DAY,
    week_ends + 380 * DAY,
  );
  const near = () =>
    pick(
      0,
      0,
      0,
      -1,
      1,
      500,
      1000,
      1001,
      2000,
      2001,
      HOUR,
      DAY,
      -DAY,
      7 * DAY,
      30 * DAY,
      -30 * DAY,
    );
  const spots = Array.from(
    { length: 6 },
    () => pick(night!.starts_at, week_ends, week_ends - 7 * DAY, as_of) + near(),
  );
  const when = () => pick(...spots) + near();
  const maybe = () => pick(null, when());
  house.insert('sequence_steps', [
    { campaign_id: 'spring', sequence_version: 1, step_number: 1, email_type: 'welcome' },
  ]);
  for (let contact_id = 1; contact_id <= (n === 0 ? 0 : 1 + below(4)); contact_id++) {
    const lead = {
      contact_id,
      contact_key: `k${contact_id}`,
      channel_origin: pick('a', 'b', null),
    };
    house.insert('contacts', [
      {
        ...lead,
        lead_type: pick('ebook', null),
        lead_added_at: Math.min(as_of, when() - 40 * DAY),
      },
    ]);
    for (let m = below(4); m > 0; m--) {
      const mail = { contact_id, message_id: `m${contact_id}-${m}` };
      const created_at = when();
      const step = {
        campaign_id: pick('spring', null),
        sequence_version: pick(1, null),
        step_number: pick(1, null),
      };
      house.insert('email_messages', [
        { ...mail, ...step, created_at, email_type: pick('proposal', 'welcome', null) },
      ]);
      const signals = () => ({
        actor: pick(null, null, null, 'machine', 'human'),
        user_agent: pick(
          null,
          '',
          'Mozilla/5.0',
          'Mozilla/5.0 (iPhone)',
          'via ggpht.com GoogleImageProxy',
        ),
        http_method: pick(null, 'GET', 'HEAD'),
      });
      pick(...stories).forEach((event_type, e) => {
        const occurred_at =
          created_at + pick(0, 0, 1, 499, 500, 501, 1000, 1001, 2000, 2001, -1, 3 * DAY);
        const told = {
          link: event_type === 'clicked' ? pick('/a', '/b', '/c', null) : null,
          landed_at: occurred_at,
        };
        const bounce_type = event_type === 'bounced' ? pick('hard', 'soft', null) : null;
        const event = {
          ...mail,
          ...signals(),
          ...told,
          event_id: `${mail.message_id}-${e}`,
          event_type,
          occurred_at,
        };
        house.insert('email_events', [{ ...event, bounce_type }]);
      });
    }
    const isOut = next() < 0.25;
    for (let c = isOut ? 4 : below(6); c > 0; c--) {
      const provider = isOut ? 'aircall' : pick('aircall', 'discord', 'crm');
      const outcome = {
        class: isOut ? 'voicemail' : pick('connected', 'booked', 'voicemail'),
        duration_s: pick(null, 61, 1500),
      };
      const when_seen =
        provider === 'discord'
          ? { started_at: when(), booked_at: null, completed_at: null, cancelled_at: null }
          : {
              started_at: isOut ? when() : maybe(),
              booked_at: maybe(),
              completed_at: maybe(),
              cancelled_at: pick(null, null, when()),
            };
      const call = {
        contact_id,
        call_key: `c${contact_id}-${c}`,
        provider,
        medium: callMedium(provider),
        direction: 'outbound',
        agent_id: pick('ann', null),
      };
      house.insert('calls', [{ ...call, ...outcome, ...when_seen }]);
    }
    const bought = { contact_id, provider: 'csv', product_name: 'Course' };
    const kept = Array.from({ length: below(6) }, (_, p) => ({
      ...bought,
      purchase_key: `p${contact_id}-${p}`,
      purchased_at: when(),
      amount_minor: pick(0, 1, 1000, 9999),
      kind: pick('one_off', 'subscription', 'subscription'),
      product_name: pick('Course', 'Club'),
      cohort: pick('c', null),
      currency: pick('USD', 'USD', 'JPY'),
      status: pick('enrolled', 'in_progress', 'completed', 'dropped'),
      completed_at: maybe(),
      period_months: pick(null, 1, 3),
      ended_at: pick(null, null, null, when()),
      agent_id: null,
    }));
    const back = Array.from({ length: below(4) }, (_, r) => {
      const of = kept.length ? pick(...kept) : undefined;
      const amount_minor = -pick(of?.amount_minor ?? 0, of?.amount_minor ?? 9, 1, 0, 400);
      const missed = more() < 0.5 ? 'nobody' : `p${contact_id - 1}-0`;
      const named = {
        refund_of_key: of && next() < 0.8 ? of.purchase_key : missed,
        currency: of && more() < 0.7 ? of.currency : 'USD',
      };
      const refund = {
        ...bought,
        purchase_key: `r${contact_id}-${r}`,
        kind: 'refund',
        status: 'enrolled',
        cohort: null,
      };
      return {
        ...refund,
        ...named,
        amount_minor,
        purchased_at: pick(when(), (of?.purchased_at ?? as_of) + near()),
      };
    });
    house.insert('purchases', [...kept, ...back]);
    const stages = new Set(Array.from({ length: below(4) }, when));
    for (const occurred_at of stages) {
      const to_value = pick('closed_won', 'closed_won', 'closed_lost', 'called');
      const change = {
        contact_id,
        field: 'sales_stage',
        occurred_at,
        from_value: null,
        to_value,
        cause: 't',
        rule_id: 'S1',
      };
      house.insert('status_changes', [change]);
    }
  }
  const names = [
    'contacts',
    'calls',
    'email_messages',
    'email_events',
    'purchases',
    'status_changes',
    'sequence_steps',
    'calendar',
  ];
  const tables = Object.fromEntries(
    names.map((name) => [
      name,
      house.db
        .prepare(`select * from ${name}`)
        .all()
        .map((row) => ({ ...row })) as ViewRow[],
    ]),
  );
  return { house, as_of, tables, words: `dense house ${n}: ${zone}, ${currency ?? 'no currency'}` };
}
