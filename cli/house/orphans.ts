/** A process that was killed leaves its workerd behind, with the databases open. Whoever takes the house next ends it first. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** What workerd gets in its environment: the folder of the data that it has open. */
export const RUNTIME_MARK = 'SIGNALHOUSE_DATA';

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It ended meanwhile, or is somebody else's.
    return '';
  }
};

const isRuntimeOf = (data: string, pid: string): boolean =>
  read(`/proc/${pid}/comm`).startsWith('workerd') &&
  read(`/proc/${pid}/environ`).split('\0').includes(`${RUNTIME_MARK}=${data}`);

/**
 * Ends each runtime that has the data of a house open whose lock the caller holds. Only Linux tells which those are; elsewhere
 * this does nothing.
 */
export async function endOrphans(data: string): Promise<void> {
  if (!existsSync('/proc/self/environ')) return;
  const orphans = readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && isRuntimeOf(data, name),
  );
  for (const pid of orphans) {
    process.kill(Number(pid), 'SIGKILL');
    while (isRuntimeOf(data, pid)) await new Promise((done) => setTimeout(done, 20));
  }
}
