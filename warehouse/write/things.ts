/** The tables that things fold into: their columns as expressions over a fold (A2, F8, F9). */
import { getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { ownDoings } from '../../core/facts/interaction.ts';
import { callMedium, callProviders } from '../../core/facts/origin.ts';
import { statedColumns } from '../../core/facts/stated-columns.ts';
import type { ThingKind } from '../../core/facts/thing-kinds.ts';
import { sqlText } from '../../core/relation.ts';
import { rules } from '../../core/rules/config.ts';
import { type ColumnName, columnsOf, keyOf } from '../schema/columns.ts';
import {
  adSpend,
  calls,
  campaigns,
  enrolments,
  interactions,
  plannedSteps,
  purchases,
} from '../schema/index.ts';
import { dayOf, type ThingTable } from './fold.ts';

const listed = (texts: readonly string[]): string => texts.map(sqlText).join(', ');

/** How a call reached the contact, where no fact states it. */
const medium = `coalesce(medium, case provider
  ${callProviders.map((name) => `when '${name}' then '${callMedium(name)}'`).join(' ')}
  else '${callMedium('')}' end)`;
const isByHand = `provider not in (${listed(callProviders)})`;
/** Who booked and then cancelled or did not come was in no call. */
const bookingState = `coalesce(f ->> 'booking_state', 'open')`;
const completedAt = `case when ${bookingState} = 'open' then f ->> 'completed_at' end`;
/** A booking that was cancelled and made again is open; a call that was logged has no state. */
const cancelledAt = `case when coalesce(f ->> 'booking_state', 'cancelled') <> 'open'
  then f ->> 'cancelled_at' end`;
/** What the emoji on Discord's message say now; a skip, or nothing, is no attempt (A5). */
const isSkipped = `f ->> 'seen' in ('no_call', 'withdrawn')`;
const startedAt = `coalesce(case when ${isSkipped} then f ->> 'skipped_at' end,
  f ->> 'started_at', case when ${isByHand}
  then (${completedAt}) - coalesce(f ->> 'duration_s', 0) * 1000 end)`;
/** Whoever links to a recording has one. */
const isRecorded = `coalesce(f ->> 'recorded', f ->> 'recording_url' is not null) = 1`;
const isTalk = `(f ->> 'duration_s') >= ${rules.done_min_s} and ${isRecorded}`;
const callClass = `coalesce(f ->> 'seen', f ->> 'class', case
  when provider = 'aircall' then case when ${isTalk} then 'done' else 'voicemail' end
  when provider = 'discord' then 'no_call'
  when ${completedAt} is not null then 'connected'
  when f ->> 'booked_at' is not null then 'booked' else 'voicemail' end)`;
/** On Discord a booking is seen and not made: its instant is when B was first seen (A2, A5). */
const bookedAt = `coalesce(f ->> 'booked_at', case
  when provider = 'discord' and coalesce(f ->> 'seen', f ->> 'class') = 'booked'
  then coalesce(f ->> 'seen_booked_at', f ->> 'started_at') end)`;

const interactionDirection = `coalesce(f ->> 'direction', case
  when f ->> 'outcome' in (${listed(ownDoings)})
    or f ->> 'channel' = 'web' or f ->> 'initiated_by' = 'self'
  then 'inbound' else 'outbound' end)`;

const sumOf = (names: string): string =>
  `coalesce(sum(value) filter (where key like '${names}'), 0)`;
/**
 * Refunds that are told one by one and all together are the greater of the two sums, without those
 * that failed. Each is negative.
 */
const refunded = `(select min(coalesce(f ->> 'refunded_in_all', 0), ${sumOf('refund.%')})
    - ${sumOf('failed_refund.%')}
  from json_each(f)
  having count(*) filter (where key like 'refund.%' or key = 'refunded_in_all') > 0)`;

/**
 * The table of a kind: its columns are those of the model. The last column of the key is the key of
 * the thing, `x_day` is the business day of `x_at`, and every other column is what is stated under
 * its name, unless `expressions` says otherwise.
 */
function thingTable<Table extends SQLiteTable>(
  kind: ThingKind,
  table: Table,
  required: ThingTable['required'],
  expressions: Partial<Record<ColumnName<Table>, string>> = {},
): ThingTable {
  const key = keyOf(table);
  const given = new Map<string, string>([
    ['contact_id', 'contact_id'],
    ['provider', 'provider'],
    [key.at(-1)!, 'thing_key'],
    ...Object.entries<string | undefined>(expressions).map(([name, sql]) => [name, sql!] as const),
  ]);
  const expressionOf = (name: string): string => {
    if (given.has(name)) return given.get(name)!;
    if (statedColumns(kind).has(name)) return `f ->> '${name}'`;
    if (!name.endsWith('_day')) throw new Error(`no fact of a ${kind} states ${name}`);
    const instant = expressionOf(name.replace(/_day$/, '_at'));
    return `case when ${instant} is not null then ${dayOf(`(${instant})`)} end`;
  };
  return {
    kind,
    table: getTableName(table),
    key,
    columns: Object.fromEntries(columnsOf(table).map((name) => [name, expressionOf(name)])),
    required,
  };
}

export const thingTables: ThingTable[] = [
  thingTable('interaction', interactions, ['occurred_at', 'channel'], {
    direction: interactionDirection,
  }),
  thingTable('call', calls, [['booked_at', 'started_at', 'completed_at', 'skipped_at']], {
    medium,
    class: callClass,
    direction: `coalesce(f ->> 'direction', 'outbound')`,
    booked_at: bookedAt,
    started_at: startedAt,
    completed_at: completedAt,
    cancelled_at: cancelledAt,
  }),
  thingTable(
    'purchase',
    purchases,
    // A refund takes the product of the purchase that it names (F8).
    ['purchased_at', ['product_name', 'refund_of_key'], 'amount_minor', 'currency'],
    {
      kind: `coalesce(f ->> 'kind', 'one_off')`,
      amount_minor: `coalesce(${refunded}, f ->> 'amount_minor')`,
      payment_key: `f ->> 'payment_key'`,
      status: `coalesce(f ->> 'status', 'enrolled')`,
    },
  ),
  thingTable('campaign', campaigns, ['name'], {
    status: `coalesce(f ->> 'status', 'draft')`,
  }),
  thingTable('enrolment', enrolments, ['campaign_id', 'enrolled_at'], {
    current_step: `coalesce(f ->> 'current_step', 1)`,
    status: `coalesce(f ->> 'status', 'active')`,
  }),
  thingTable('planned_step', plannedSteps, ['sequence', 'step_number']),
  thingTable('ad_spend', adSpend, ['spent_at', 'channel', 'amount_minor', 'currency']),
];
