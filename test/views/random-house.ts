/**
 * A house of people whose histories hold every kind of fact, the same for the same seed: what a
 * season brings, and odder.
 */
import { DAY, HOUR, MINUTE } from '../../core/durations.ts';
import { callMedium } from '../../core/facts/origin.ts';
import { putModels, putNights, putSpend, randomAsOf } from './random-nights.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

export { randomAsOf };

/** Numbers in [0, 1) from a seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * `people` contacts from January to June 2026, some facts after `randomAsOf`; statuses and their
 * stays included.
 */
export function randomHouse(
  people: number,
  seed = 1,
  place: { currency?: string | null; zone?: string } = {},
): SqliteHouse {
  const house = new SqliteHouse(place);
  const next = random(seed);
  // Draws of their own, so that the rest of the house stays as it was.
  const more = random(seed + 7919);
  const answers = random(seed + 1_299_709);
  const below = (n: number): number => Math.floor(next() * n);
  const pick = <T>(...choices: T[]): T => choices[below(choices.length)]!;
  const times = (most: number, row: (n: number) => Record<string, string | number | null>) =>
    Array.from({ length: below(most + 1) }, (_, n) => row(n));
  const rows: Record<string, Record<string, string | number | null>[]> = {};
  const put = (table: string, ...more: Record<string, string | number | null>[]) => {
    rows[table] ??= [];
    rows[table].push(...more);
  };
  put('agents', ...['ann', 'bob', 'cy'].map((agent_id) => ({ agent_id, name: agent_id })));
  put(
    'campaigns',
    ...['spring', 'autumn'].map((name) => ({ campaign_id: name, name, status: 'active' })),
  );
  put(
    'sequence_steps',
    ...[1, 2].flatMap((sequence_version) =>
      [1, 2, 3, 4].map((step_number) => ({
        campaign_id: 'spring',
        sequence_version,
        step_number,
        email_type: null,
      })),
    ),
  );
  putNights(put);
  putModels(put, random(seed + 104_729));
  putSpend(put, random(seed + 15_485_863));
  put(
    'poisson_bounds',
    ...[0, 1, 2, 3, 4, 5, 6].map((events) => ({
      events,
      lower_bound: events / 2,
      upper_bound: events * 2 + 3.7,
    })),
  );
  for (let contact_id = 1; contact_id <= people; contact_id++) {
    const added = at('2026-01-01') + below(170 * 24 * 60) * MINUTE;
    const soon = (days: number): number => added + below(days * 24 * 60) * MINUTE;
    const who = { contact_id };
    put('contacts', {
      ...who,
      contact_key: `k${(contact_id * 7919) % 100_003}`,
      channel_origin: pick('linkedin', 'referral', 'unknown', 'organic', null),
      lead_type: pick('whatsapp', 'trial_class', 'ebook', null),
      offer: pick('maths', 'english', null),
      term: pick('t1', 't2', null),
      year_level: pick('5', '6', null),
      tier: pick(1, 2, 3, null),
      lead_added_at: added,
      deal_value_minor: pick(null, 10_000),
      trial_followup_status: more() < 0.6 ? 'attended' : null,
    });
    put('identities', { kind: 'email', value: `p${contact_id}@example.com`, contact_id });
    for (let m = 0; m < below(5); m++) {
      const message_id = `m${contact_id}-${m}`;
      const created_at = soon(40);
      put('email_messages', {
        ...who,
        message_id,
        created_at,
        campaign_id: pick('spring', 'autumn', null),
        sequence_version: pick(1, 2),
        step_number: pick(1, 2, 3, null),
        email_type: pick('pain_point', 'proposal', null),
        sending_domain: more() < 0.9 ? 'mail.house.example' : null,
        recipient_domain_group: ['gmail', 'corporate', null][Math.floor(more() * 3)]!,
      });
      const happened = ['sent', 'delivered', 'opened', 'clicked', 'replied'].slice(0, 1 + below(5));
      if (next() < 0.1) happened.splice(1, 9, pick('bounced', 'failed'));
      for (const [n, event_type] of happened.entries())
        put('email_events', {
          ...who,
          event_id: `e${message_id}-${n}`,
          message_id,
          event_type,
          occurred_at: created_at + n * pick(1000, 5000, HOUR),
          landed_at: created_at,
          bounce_type: event_type === 'bounced' ? pick('hard', 'soft') : null,
          user_agent: pick('Mozilla/5.0', 'GoogleImageProxy', null),
          link: event_type === 'clicked' ? pick('/a', '/b') : null,
          actor: [null, null, 'human', 'machine', 'unknown'][Math.floor(answers() * 5)]!,
        });
      if (answers() < 0.1 && m === 0 && contact_id > 1) {
        const copy = { ...who, message_id: 'to-several', created_at, is_copy: 1 };
        put('email_messages', { ...copy, campaign_id: 'spring' });
        put('email_events', {
          ...who,
          event_id: `copy${contact_id}`,
          message_id: copy.message_id,
          event_type: 'sent',
          occurred_at: created_at,
          landed_at: created_at,
        });
      }
      if (answers() < 0.1)
        put('email_events', {
          ...who,
          event_id: `auto${message_id}`,
          message_id,
          event_type: 'auto_replied',
          occurred_at: created_at + HOUR,
          landed_at: created_at + HOUR,
        });
    }
    put(
      'calls',
      ...times(6, (n) => {
        const started_at = soon(30) - below(2) * HOUR;
        const provider = pick('aircall', 'aircall', 'discord', 'api', 'crm');
        return {
          ...who,
          call_key: `c${contact_id}-${n}`,
          provider,
          medium: callMedium(provider),
          class: pick('voicemail', 'done', 'connected', 'booked', 'no_call'),
          direction: pick('outbound', 'outbound', 'inbound'),
          started_at: pick(started_at, started_at, null),
          booked_at: pick(null, null, started_at, started_at - DAY),
          scheduled_at: started_at + DAY,
          completed_at: pick(null, started_at + HOUR),
          cancelled_at: pick(null, null, null, started_at + 2 * HOUR),
          duration_s: pick(null, 30, 95, 1800),
          agent_id: pick('ann', 'bob', 'cy', null),
          outcome: pick(null, 'interested', 'proposal_sent', 'closed_won'),
          objections: [
            null,
            '["price"]',
            '["price","timing"]',
            '["ann_does_not_like_it","too_expensive"]',
          ][Math.floor(more() * 4)]!,
        };
      }),
    );
    put(
      'interactions',
      ...times(4, (n) => ({
        ...who,
        interaction_key: `i${contact_id}-${n}`,
        provider: 'api',
        occurred_at: soon(60),
        channel: pick('referral', 'web', 'event', 'whatsapp', 'dm'),
        direction: pick('inbound', 'outbound'),
        outcome: pick(null, 'replied', 'downloaded', 'trial', 'visited_pricing', 'referral_given'),
        campaign_id: pick(null, 'spring'),
        utm_source: pick(null, 'google'),
        utm_medium: pick(null, 'cpc', 'organic'),
      })),
    );
    for (let p = 0; next() < 0.4 && p < 4; p++) {
      const sale = {
        ...who,
        provider: 'api',
        product_name: pick('Course', 'Club'),
        currency: pick('USD', 'USD', 'AUD'),
        purchased_at: soon(90),
        status: pick('enrolled', 'in_progress', 'completed', 'dropped'),
        cohort: pick(null, '2026a'),
        referrer_kind: null as string | null,
        referrer_value: null as string | null,
      };
      if (next() < 0.2)
        Object.assign(sale, {
          referrer_kind: 'email',
          referrer_value: `p${1 + below(people)}@example.com`,
        });
      const amount_minor = below(90_000);
      const key = `p${contact_id}-${p}`;
      put('purchases', {
        ...sale,
        purchase_key: key,
        kind: pick('one_off', 'subscription'),
        amount_minor,
        agent_id: pick(null, 'ann'),
        period_months: pick(null, 1, 3),
        ended_at: pick(null, null, sale.purchased_at + 9 * DAY),
      });
      if (next() < 0.25)
        put('purchases', {
          ...sale,
          purchase_key: `r${key}`,
          kind: 'refund',
          amount_minor: -pick(amount_minor, Math.floor(amount_minor / 3)),
          refund_of_key: key,
          purchased_at: sale.purchased_at + 3 * DAY,
        });
    }
    const climbed = (field: string, ladder: string[]) => {
      for (const [n, to_value] of ladder.slice(0, 1 + below(ladder.length)).entries())
        put('status_changes', {
          ...who,
          field,
          occurred_at: added + n * (n + below(4)) * DAY + n,
          from_value: n ? ladder[n - 1]! : null,
          to_value,
          cause: 'test',
          rule_id: 'S1',
        });
    };
    climbed('lead_status', ['cold', 'engaged', 'warm', 'hot', 'customer', 'alumni']);
    climbed('sales_stage', [
      'new',
      'contacted',
      'replied',
      'scheduled',
      'called',
      'proposal',
      'closed_won',
    ]);
    if (next() < 0.1)
      put('suppressions', {
        ...who,
        address: `p${contact_id}@example.com`,
        reason: 'stated',
        suppressed_at: soon(9),
      });
    if (next() < 0.5)
      put('observations', {
        kind: 'contact',
        thing_key: String(contact_id),
        observation_key: `o${contact_id}`,
        contact_id,
        provider: 'api',
        observed_at: added,
        landed_at: added,
        stated: JSON.stringify({
          lead_status: pick('warm', 'hot'),
          last_contact_at: added + DAY,
          tier: 1,
        }),
      });
  }
  for (const [table, list] of Object.entries(rows)) house.insert(table, list);
  return house;
}
