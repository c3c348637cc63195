/**
 * A process that was killed leaves its workerd running, with the databases open. The next process
 * to open the house ends it first.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Environment variable of workerd: the folder of the data that it has open. */
export const RUNTIME_MARK = 'SIGNALHOUSE_DATA';

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It ended meanwhile, or belongs to another user.
    return '';
  }
};

const isRuntimeOf = (data: string, pid: string): boolean =>
  read(`/proc/${pid}/comm`).startsWith('workerd') &&
  read(`/proc/${pid}/environ`).split('\0').includes(`${RUNTIME_MARK}=${data}`);

/**
 * Ends each runtime that has this house's data open; the caller must hold the house's lock. Works
 * on Linux only, elsewhere it does nothing.
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
