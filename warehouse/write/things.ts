/** The tables that things fold into: each column as an expression over the fields stated (A2, F8, F9). */
import { ownDoings } from '../../core/facts/interaction.ts';
import { callMedium, callProviders } from '../../core/facts/origin.ts';
import { sqlText } from '../../core/relation.ts';
import { rules } from '../../core/rules/config.ts';
import { dayOf, type ThingTable } from './fold.ts';

const field = (name: string): string => `f ->> '${name}'`;
const fields = (...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, field(name)]));
const stamped = (name: string, instant = field(name)): Record<string, string> => ({
  [`${name}_at`]: instant,
  [`${name}_day`]: `case when ${instant} is not null then ${dayOf(`(${instant})`)} end`,
});

const listed = (texts: readonly string[]): string => texts.map(sqlText).join(', ');
/** How a call reached the contact, where no fact states it. */
const medium = `coalesce(medium, case provider
  ${callProviders.map((name) => `when '${name}' then '${callMedium(name)}'`).join(' ')}
  else '${callMedium('')}' end)`;
const isByHand = `provider not in (${listed(callProviders)})`;
const startedAt = `coalesce(f ->> 'started_at', case when ${isByHand}
  then (f ->> 'completed_at') - coalesce(f ->> 'duration_s', 0) * 1000 end)`;
/** Whoever links to a recording has one. */
const isRecorded = `coalesce(f ->> 'recorded', f ->> 'recording_url' is not null) = 1`;
const isTalk = `(f ->> 'duration_s') >= ${rules.done_min_s} and ${isRecorded}`;
const callClass = `coalesce(f ->> 'class', case
  when provider = 'aircall' then case when ${isTalk} then 'done' else 'voicemail' end
  when provider = 'discord' then 'no_call'
  when f ->> 'completed_at' is not null then 'connected'
  when f ->> 'booked_at' is not null then 'booked' else 'voicemail' end)`;
/** On Discord a booking is seen and not made: its instant is that of its detection (A2). */
const bookedAt = `coalesce(f ->> 'booked_at', case
  when provider = 'discord' and f ->> 'class' = 'booked' then f ->> 'started_at' end)`;

const interactionDirection = `coalesce(f ->> 'direction', case
  when f ->> 'outcome' in (${listed(ownDoings)})
    or f ->> 'channel' = 'web' or f ->> 'initiated_by' = 'self'
  then 'inbound' else 'outbound' end)`;

export const thingTables: ThingTable[] = [
  {
    kind: 'interaction',
    table: 'interactions',
    key: ['contact_id', 'interaction_key'],
    columns: {
      contact_id: 'contact_id',
      interaction_key: 'thing_key',
      provider: 'provider',
      ...stamped('occurred', field('occurred_at')),
      ...fields(
        'channel',
        'outcome',
        'campaign_id',
        'initiated_by',
        'utm_source',
        'utm_medium',
        'utm_campaign',
        'summary',
      ),
      direction: interactionDirection,
    },
    required: ['occurred_at', 'channel'],
  },
  {
    kind: 'call',
    table: 'calls',
    key: ['contact_id', 'call_key'],
    columns: {
      contact_id: 'contact_id',
      call_key: 'thing_key',
      provider: 'provider',
      medium,
      class: callClass,
      direction: `coalesce(f ->> 'direction', 'outbound')`,
      ...stamped('booked', bookedAt),
      ...stamped('started', startedAt),
      ...stamped('completed', field('completed_at')),
      ...fields(
        'scheduled_at',
        'cancelled_at',
        'duration_s',
        'recorded',
        'recording_url',
        'agent_id',
        'outcome',
      ),
      ...fields('objections', 'next_steps', 'notes'),
    },
    required: [['booked_at', 'started_at', 'completed_at']],
  },
  {
    kind: 'purchase',
    table: 'purchases',
    key: ['contact_id', 'purchase_key'],
    columns: {
      contact_id: 'contact_id',
      purchase_key: 'thing_key',
      provider: 'provider',
      ...stamped('purchased', field('purchased_at')),
      ...fields(
        'product_name',
        'amount_minor',
        'currency',
        'completed_at',
        'cohort',
        'payment_method',
      ),
      ...fields('certificate_issued', 'period_months', 'ended_at', 'refund_of_key', 'agent_id'),
      ...fields('referrer_kind', 'referrer_value'),
      kind: `coalesce(f ->> 'kind', 'one_off')`,
      status: `coalesce(f ->> 'status', 'enrolled')`,
    },
    // A refund takes the product of the purchase that it names (F8).
    required: ['purchased_at', ['product_name', 'refund_of_key'], 'amount_minor', 'currency'],
  },
  {
    kind: 'campaign',
    table: 'campaigns',
    key: ['campaign_id'],
    columns: {
      campaign_id: 'thing_key',
      ...fields('name', 'goal', 'channel', 'start_at', 'end_at', 'target_segment', 'owner'),
      status: `coalesce(f ->> 'status', 'draft')`,
    },
    required: ['name'],
  },
  {
    kind: 'enrolment',
    table: 'enrolments',
    key: ['contact_id', 'enrolment_key'],
    columns: {
      contact_id: 'contact_id',
      enrolment_key: 'thing_key',
      ...fields('campaign_id', 'enrolled_at', 'converted_at'),
      current_step: `coalesce(f ->> 'current_step', 1)`,
      status: `coalesce(f ->> 'status', 'active')`,
    },
    required: ['campaign_id', 'enrolled_at'],
  },
  {
    kind: 'ad_spend',
    table: 'ad_spend',
    key: ['spend_key'],
    columns: {
      spend_key: 'thing_key',
      provider: 'provider',
      ...stamped('spent', field('spent_at')),
      ...fields('channel', 'campaign_id', 'amount_minor', 'currency'),
    },
    required: ['spent_at', 'channel', 'amount_minor', 'currency'],
  },
];
