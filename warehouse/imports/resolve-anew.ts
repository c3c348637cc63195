/**
 * A contact whom only the undone import held together: the other facts leave the tables and land
 * again, so that the one writer decides whose they are (P2).
 */
import { now } from '../../core/clock.ts';
import type { FactsConfig } from '../../core/config.ts';
import type { Fact } from '../../core/facts/fact.ts';
import { hash } from '../../core/hash.ts';
import { refreshContacts } from '../derive/refresh.ts';
import { landFacts } from '../land-facts.ts';
import { foldContacts } from '../people/fold.ts';
import { buryEvents } from '../write/dead-events.ts';
import { storedEvents, storedObservations } from '../write/stored-facts.ts';
import { deleteContacts, othersIn, thingsOf } from './people.ts';
import { refuseChanged, type Seen } from './support.ts';
import { concernedBy, isOf, ofContacts, takeOut } from './take-out.ts';

const FACTS_PER_BATCH = 500;
const DOOR = 'undo';

/**
 * Answers whether nobody is left: all facts wait. In quarantine meanwhile: a crash in between loses
 * nothing, and `replay` lands them.
 */
export async function resolveAnew(
  db: D1Database,
  contact_id: number,
  import_id: number,
  seen: Seen,
  config: FactsConfig,
): Promise<boolean> {
  const bound = [JSON.stringify([contact_id])];
  const { observation, event } = isOf(import_id);
  const observations = await storedObservations(
    db,
    `${ofContacts} and (${observation}) is not true`,
    bound,
  );
  const events = await storedEvents(
    db,
    `e.contact_id in (select value from json_each(?1)) and (${event}) is not true`,
    bound,
  );
  const facts: Fact[] = [...observations, ...events].map(({ fact }) => fact);
  const batches = Array.from({ length: Math.ceil(facts.length / FACTS_PER_BATCH) }, (_, i) =>
    facts.slice(i * FACTS_PER_BATCH, (i + 1) * FACTS_PER_BATCH),
  );
  const bodies = batches.map((batch) => JSON.stringify({ door: DOOR, facts: batch }));
  const reason = `import ${import_id} was being undone`;
  const dead = bodies.map((body) => ({ door: DOOR, fault: 'storage_busy', reason, body }));
  await buryEvents(db, dead, now(config));
  const taken = { import_id, isWhole: true } as const;
  const concerned = await concernedBy(db, [contact_id], taken);
  const results = await db.batch<{ contact_id?: number }>([
    refuseChanged(db, [contact_id], import_id, seen),
    ...takeOut(db, [contact_id], taken, concerned),
    ...deleteContacts(db, [contact_id]),
    foldContacts(db, [], thingsOf(concerned)),
  ]);
  let people = 0;
  for (const batch of batches) people += (await landFacts(db, batch, config)).new_contacts;
  await refreshContacts(db, [contact_id, ...othersIn(results)], now(config));
  const ids = bodies.map((body) => hash(`${DOOR}\n${body}`));
  await db
    .prepare('delete from dead_events where dead_id in (select value from json_each(?))')
    .bind(JSON.stringify(ids))
    .run();
  return people === 0;
}
