/**
 * Takes facts of some contacts out of the tables, with all that was folded from them: what is left
 * is as if they had never come (F1, G6).
 */
import type { ThingKind } from '../../core/facts/thing-kinds.ts';
import { firstAddress } from '../people/first-address.ts';
import { columnsOf } from '../schema/columns.ts';
import { emailMessages } from '../schema/index.ts';
import { dayOf, foldStatements, owner } from '../write/fold.ts';
import { suppressionReason } from '../write/mail.ts';
import { placeAnswers } from '../write/place-answers.ts';
import { matchStrayReplies } from '../write/stray-replies.ts';
import { thingTables } from '../write/things.ts';
import { forgetSteps, type StepName } from './named.ts';

/** The conditions on an observation `o` and on an event `e` that only the import states. */
export const isOf = (import_id: number) => ({
  observation: `o.imports = '[${import_id}]'`,
  event: `json_extract(e.imported, '$.imports') = '[${import_id}]'`,
});

/** Which facts of the contacts: those that only this import states, or all there are. */
export type Taken = { import_id: number; isWhole?: true };

const isTaken = ({ import_id, isWhole }: Taken) =>
  isWhole ? { observation: 'true', event: 'true' } : isOf(import_id);

/** Those of ?1 and whoever was merged into them: observations of things keep their first owner. */
const WHOSE = `select value from json_each(?1)
  union select loser_id from merges where survivor_id in (select value from json_each(?1))`;

/** The observations `o` of the contacts ?1. */
export const ofContacts = `(
  (o.kind = 'contact' and o.thing_key in (select cast(value as text) from json_each(?1)))
  or (o.kind <> 'contact' and o.contact_id in (${WHOSE})))`;

/** Things whose rows change, by kind, and the mails. */
export type Concerned = { things: Map<ThingKind, string[]>; mails: string[]; steps: StepName[] };

export async function concernedBy(
  db: D1Database,
  contact_ids: number[],
  taken: Taken,
): Promise<Concerned> {
  const ids = JSON.stringify(contact_ids);
  const { observation, event } = isTaken(taken);
  const [things, mails, steps] = await db.batch<{ kind: ThingKind; key: string }>([
    db
      .prepare(
        `select distinct o.kind, o.thing_key as key from observations o
         where o.kind <> 'contact' and o.contact_id in (${WHOSE}) and ${observation}`,
      )
      .bind(ids),
    db
      .prepare(
        `select distinct e.message_id as key from email_events e
         where e.contact_id in (select value from json_each(?1)) and ${event}`,
      )
      .bind(ids),
    db
      .prepare(
        `select distinct json_array(e.imported ->> '$.message.campaign_id',
           e.imported ->> '$.message.sequence_version',
           e.imported ->> '$.message.step_number') as key
         from email_events e
         where e.contact_id in (select value from json_each(?1)) and e.imported is not null
           and ${event}`,
      )
      .bind(ids),
  ]);
  const byKind = Map.groupBy(things!.results, ({ kind }) => kind);
  return {
    things: new Map([...byKind].map(([kind, rows]) => [kind, rows.map(({ key }) => key)])),
    mails: mails!.results.map(({ key }) => key),
    steps: steps!.results.map(({ key }) => JSON.parse(key) as StepName),
  };
}

/**
 * Statements in order. Some return the `contact_id` of others whose things changed. Identities and
 * the contacts themselves are the caller's.
 */
export function takeOut(
  db: D1Database,
  contact_ids: number[],
  taken: Taken,
  { things, mails, steps }: Concerned,
): D1PreparedStatement[] {
  const ids = JSON.stringify(contact_ids);
  const { observation, event } = isTaken(taken);
  const tables = thingTables.filter(({ kind }) => things.has(kind));
  const keysOf = (kind: ThingKind) => things.get(kind)!;
  const withMails = JSON.stringify(mails);
  return [
    ...tables.map((thing) =>
      db.prepare(dropRows(thing.kind)).bind(JSON.stringify(keysOf(thing.kind))),
    ),
    db.prepare(`delete from observations as o where ${ofContacts} and ${observation}`).bind(ids),
    ...tables.flatMap((thing) => foldStatements(db, thing, keysOf(thing.kind))),
    ...(mails.length > 0
      ? [
          db
            .prepare(
              `delete from email_events as e
               where e.contact_id in (select value from json_each(?1)) and ${event}`,
            )
            .bind(ids),
          ...[dropMessages, addMessages].map((sql) => db.prepare(sql).bind(ids, withMails)),
          ...placeAnswers(db, mails, []),
          ...matchStrayReplies(db, contact_ids),
          ...forgetSteps(db, steps),
        ]
      : []),
    ...suppressAnew.map((sql) => db.prepare(sql).bind(ids)),
  ];
}

/** The rows of the things ?1, at whoever of their owners they are: the fold writes them again. */
function dropRows(kind: ThingKind): string {
  const { table, key } = thingTables.find((thing) => thing.kind === kind)!;
  const own = key.at(-1)!;
  const keys = 'select value from json_each(?1)';
  if (!key.includes('contact_id')) return `delete from ${table} where ${own} in (${keys})`;
  return `delete from ${table} where (contact_id, ${own}) in (
    select ${owner}, o.thing_key from observations o
    where o.kind = '${kind}' and o.thing_key in (${keys}))`;
}

const theirMessages = `contact_id in (select value from json_each(?1))
  and message_id in (select value from json_each(?2))`;

/**
 * A message goes with its last event. Where only imports tell of it, it goes too, and comes again
 * as they tell it; what a door told of it is kept nowhere else.
 */
const dropMessages = `
  delete from email_messages
  where ${theirMessages} and not exists (
    select 1 from email_events e
    where e.contact_id = email_messages.contact_id and e.message_id = email_messages.message_id
      and e.imported is null)`;

const messageColumns = columnsOf(emailMessages, ['is_inbound', 'is_copy']);
const told: Record<string, string> = {
  contact_id: 'contact_id',
  message_id: 'message_id',
  recipient: `min(imported ->> '$.contact')`,
};
const toldColumns = messageColumns
  .filter((name) => name !== 'created_day')
  .map((name) => `${told[name] ?? `min(imported ->> '$.message.${name}')`} as ${name}`);

const addMessages = `
  insert into email_messages (${messageColumns.join(', ')})
  select ${messageColumns
    .map((name) => (name === 'created_day' ? dayOf('t.created_at') : `t.${name}`))
    .join(', ')}
  from (
    select ${toldColumns.join(', ')} from email_events
    where ${theirMessages} and names_no_message is null and imported is not null
    group by contact_id, message_id) as t
  where true
  on conflict do nothing`;

const addressOf = (text: string): string => `substr(${text}, instr(${text}, ':') + 1)`;

const suppressAnew = [
  'delete from suppressions where contact_id in (select value from json_each(?1))',
  `insert into suppressions (contact_id, address, reason, suppressed_at)
   select cast(o.thing_key as integer), coalesce(
       ${addressOf("(o.addresses ->> '$[0]')")}, ${firstAddress('cast(o.thing_key as integer)')}),
     'stated', min(o.observed_at)
   from observations o
   where o.kind = 'contact' and o.thing_key in (select cast(value as text) from json_each(?1))
     and o.stated ->> 'unsubscribed' = 1
   group by 1, 2`,
  `insert into suppressions (contact_id, address, reason, suppressed_at)
   select contact_id, address, reason, min(occurred_at) from (
     select e.contact_id, e.occurred_at, coalesce(
         ${addressOf("coalesce(e.imported ->> '$.contact', e.sender, m.recipient)")},
         ${firstAddress('e.contact_id')}) as address,
       ${suppressionReason('e.event_type', 'e.bounce_type')} as reason
     from email_events e
     left join email_messages m on m.contact_id = e.contact_id and m.message_id = e.message_id
     where e.contact_id in (select value from json_each(?1)))
   where reason is not null group by 1, 2, 3
   on conflict do nothing`,
];
