/**
 * Only its owner can read the files of a house, even if an older version or another umask created
 * them.
 */
import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LOCK } from './lock.ts';

/** What a house keeps in its folder. Other files there may be the owner's, and stay as they are. */
const ENTRIES = ['house.json', LOCK, 'runtime.json', 'data', 'written'];

function restrict(path: string): void {
  const entry = lstatSync(path, { throwIfNoEntry: false });
  if (!entry || entry.isSymbolicLink()) return;
  const mode = entry.isDirectory() ? 0o700 : 0o600;
  if ((entry.mode & 0o777) !== mode) chmodSync(path, mode);
  if (entry.isDirectory()) for (const name of readdirSync(path)) restrict(join(path, name));
}

/**
 * What is made from now on, by this process and by workerd, is readable by its owner only; so is
 * what the house has already.
 */
export function keepPrivate(folder: string): void {
  process.umask(0o077);
  for (const name of ENTRIES) restrict(join(folder, name));
}
