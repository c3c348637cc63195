/** A night's own refresh: the marts as of its instant, which its checks and exports read. */
import { Fault } from '../../core/faults.ts';
import type { Binding } from '../../sql/render.ts';
import { instanceId, type NightParams } from '../nights/night-params.ts';
import { definition } from './definition.ts';
import { insertMarts, storedMarts } from './marts.ts';

/** Statements that forget what nights stored: one runs at a time. */
const forgetAll = (db: D1Database): D1PreparedStatement[] => [
  db.prepare(
    `delete from stored_marts
     where refresh_id in (select refresh_id from mart_refreshes where night is not null)`,
  ),
  db.prepare('delete from mart_refreshes where night is not null'),
];

/** Stores the marts as of the night's instant, in place of what a night left. Safe to repeat. */
export async function storeNightMarts(db: D1Database, night: NightParams): Promise<void> {
  const began = db
    .prepare(
      `insert into mart_refreshes (as_of, version, night) values (?, '${definition}', ?)
       returning refresh_id`,
    )
    .bind(night.as_of, instanceId(night));
  const results = await db.batch<{ refresh_id: number }>([...forgetAll(db), began]);
  const { refresh_id } = results.at(-1)!.results[0]!;
  for (const statement of insertMarts(db, { refresh_id, as_of: night.as_of }))
    await statement.run();
  await db
    .prepare('update mart_refreshes set finished_at = ? where refresh_id = ?')
    .bind(Date.now(), refresh_id)
    .run();
}

/**
 * What the night stored, for `render`. Throws `storage_busy` where that is gone, as after a
 * restored backup: without its rows every mart would be published empty.
 */
export async function nightMarts(db: D1Database, night: NightParams): Promise<Binding['given']> {
  const stored = await db
    .prepare(
      `select refresh_id from mart_refreshes
       where night = ? and finished_at is not null and version = '${definition}'`,
    )
    .bind(instanceId(night))
    .first<{ refresh_id: number }>();
  if (!stored)
    throw new Fault('storage_busy', 'the marts of this night are gone; run the export again');
  return storedMarts(stored.refresh_id);
}

/** To be called when the night has ended. Safe to repeat. */
export async function forgetNightMarts(db: D1Database): Promise<void> {
  await db.batch(forgetAll(db));
}
