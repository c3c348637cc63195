/**
 * One process at a time has a house open. The lock is SQLite's own, so the system lets go of it
 * when its process ends, however that happens, and two can never both take it over.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Fault } from '../../core/faults.ts';
import type { State } from './state.ts';

export const LOCK = 'lock.sqlite';

const LOOK_MS = 200;
/** The low byte of every error code that means that another process has the lock. */
const BUSY = 5;

function unlessBusy<T>(db: DatabaseSync, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (((error as { errcode?: number }).errcode ?? 0) % 256 !== BUSY) throw error;
    db.close();
    return undefined;
  }
}

/** Holds the lock until closed or until this process ends; the version says who holds it. */
function take(path: string): DatabaseSync | undefined {
  const db = new DatabaseSync(path, { timeout: 0 });
  return unlessBusy(db, () => {
    db.exec(`begin immediate; pragma user_version = ${process.pid}; commit; begin immediate`);
    return db;
  });
}

function holderOf(path: string): string {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 0 });
  const row = unlessBusy(db, () => db.prepare('pragma user_version').get());
  if (row) db.close();
  return row?.user_version ? `process ${row.user_version}` : 'another process';
}

/**
 * Locks the house for this process, so that two never open one database; returns the function that
 * releases it. Waits up to `waitMs` for the process that holds the lock, then throws
 * `Fault('storage_busy')`, which names it.
 */
export async function lockState(
  state: State,
  say: (line: string) => void,
  waitMs = 60_000,
): Promise<() => void> {
  const path = join(state.folder, LOCK);
  const deadline = Date.now() + waitMs;
  for (let isSaid = false; ; ) {
    const held = take(path);
    if (held) return () => held.close();
    const holder = holderOf(path);
    if (Date.now() >= deadline)
      throw new Fault(
        'storage_busy',
        `${holder} has the house in ${state.folder} open; stop it and try again`,
      );
    if (!isSaid) say(`waiting for ${holder}, which has this house open`);
    isSaid = true;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
}
