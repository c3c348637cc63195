/**
 * A merge that is undone leaves no trace (P2): every table is as if the fact that named both people
 * had named one only, whatever landed before, between and after, once or twice.
 */
import { expect, it } from 'vitest';
import { emailEventFact } from '../../core/facts/email-event.ts';
import type { Fact, Observation } from '../../core/facts/fact.ts';
import { refreshContacts } from '../../warehouse/derive/refresh.ts';
import { landFacts } from '../../warehouse/land-facts.ts';
import { undoMerge } from '../../warehouse/people/undo-merge.ts';
import { readList } from '../../warehouse/read/lists.ts';
import { random } from '../views/random-house.ts';
import { AS_OF, drawnHistory, FIRST_AT } from './drawn-history.ts';
import { configOf, openSmallHouse } from './small-house.ts';

const RUNS = process.env.FULL ? 200 : 8;
const config = configOf(AS_OF);
const [ANA, BEA] = [1, 3];
const email = (no: number) => ({ kind: 'email' as const, value: `p${no}@example.com` });

const stated = (no: number, observation_key: string, identities: Observation['identities']) =>
  ({
    kind: 'contact',
    provider: 'crm',
    contact: email(no),
    thing_key: `crm ${no}`,
    observation_key,
    observed_at: FIRST_AT,
    stated: { full_name: `Person ${no}` },
    ...(identities ? { identities } : {}),
  }) satisfies Fact;

/** One mail to both, opened by one, and answered by the other. */
const mail = (no: number, event_type: 'sent' | 'opened' | 'replied', id: string): Fact => {
  const event = emailEventFact({
    origin: { provider: 'resend' },
    contact: email(no),
    occurred_at: FIRST_AT + id.length * 1000,
    campaign: null,
    message_id: 'to-both',
    event_id: id,
  });
  const message = { ...event.message, created_at: FIRST_AT };
  const role = event_type === 'replied' ? { contact_role: 'sender' as const } : {};
  return { ...event, event_type, message, ...role };
};
const shared = [
  mail(ANA, 'sent', 's'),
  mail(BEA, 'sent', 's.2'),
  mail(ANA, 'opened', 'open'),
  mail(BEA, 'replied', 'reply'),
];

const TABLES = [
  'contacts',
  'identities',
  'observations',
  'interactions',
  'calls',
  'purchases',
  'enrolments',
  'email_messages',
  'email_events',
  'suppressions',
  'status_changes',
  'contact_summary',
];

type Row = Record<string, string | number | null>;

/** What waits for the night, what drawn mail states at random, and what the link itself says. */
const UNCOMPARED = [
  'score_milli',
  'vip',
  'valid_until',
  'recipient_domain_group',
  'merged_from',
  'addresses',
];

/** Every row with keys in place of ids, which depend on who came first. */
async function contents(db: D1Database): Promise<Record<string, string[]>> {
  const rows = async (sql: string) => (await db.prepare(sql).all<Row>()).results;
  const keys = new Map<unknown, unknown>();
  for (const { contact_id, contact_key } of await rows('select * from contacts'))
    keys.set(contact_id, contact_key);
  for (const { loser_id, survivor_id } of await rows('select * from merges'))
    keys.set(loser_id, keys.get(survivor_id));
  const found: Record<string, string[]> = {};
  for (const table of TABLES)
    found[table] = (await rows(`select * from ${table}`))
      .map(({ contact_id, thing_key, ...row }) =>
        JSON.stringify({
          ...Object.fromEntries(Object.entries(row).filter(([name]) => !UNCOMPARED.includes(name))),
          contact_id: keys.get(contact_id) ?? null,
          thing_key: row.kind === 'contact' ? keys.get(Number(thing_key)) : (thing_key ?? null),
        }),
      )
      .sort();
  return found;
}

async function withHouse<T>(work: (db: D1Database) => Promise<T>): Promise<T> {
  const { db, close } = await openSmallHouse(config);
  try {
    return await work(db);
  } finally {
    close();
  }
}

it.each(Array.from({ length: RUNS }, (_, seed) => seed))('as if never merged: %i', async (seed) => {
  const next = random(seed * 7 + 1);
  const drawn = [...drawnHistory(ANA, next), ...drawnHistory(BEA, next), ...shared];
  const facts = drawn
    .map((fact) => ({ fact, place: next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ fact }) => fact);
  const half = Math.floor(next() * facts.length);
  const [early, late] = [facts.slice(0, half), facts.slice(half)];
  const both = [stated(ANA, 'a', []), stated(BEA, 'b', [])];
  const link = stated(next() < 0.5 ? ANA : BEA, 'link', [email(ANA), email(BEA)]);
  const lone: Fact = { ...link, identities: [] };

  const apart = await withHouse(async (db) => {
    for (const batch of [both, early, [lone], late]) await landFacts(db, batch, config);
    return contents(db);
  });
  await withHouse(async (db) => {
    for (const batch of [both, early, [link], late, early]) await landFacts(db, batch, config);
    const known = await db
      .prepare('select count(distinct contact_id) as n from identities where value in (?, ?)')
      .bind(email(ANA).value, email(BEA).value)
      .first();
    expect(known).toEqual({ n: 1 });
    const { results } = await db
      .prepare('select loser_id, from_id, into_id from merges')
      .all<{ loser_id: number; from_id: number; into_id: number }>();
    const ids = [1, 2];
    const merge = results.find(
      ({ from_id, into_id }) => ids.includes(from_id) && ids.includes(into_id),
    );
    const changed = await undoMerge(db, merge!.loser_id, config, AS_OF);
    await refreshContacts(db, changed, AS_OF);
    expect(await contents(db)).toEqual(apart);
    for (const batch of [[link], facts]) await landFacts(db, batch, config);
    expect(await contents(db)).toEqual(apart);
    const listed = await readList(db, 'merges', { status: 'undone', limit: 9, as_of: AS_OF });
    expect(listed).toHaveLength(1);
    await expect(undoMerge(db, 999, config, AS_OF)).rejects.toThrow(/no merge has the id 999/);
  });
});
