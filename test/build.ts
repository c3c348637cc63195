import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildWorkers, ROOT } from '../cli/house/build.ts';
import { startRuntime } from '../cli/house/runtime.ts';
import { fullTests } from './full-tests.ts';
import { MIGRATED } from './house.ts';

/** Bundles the Workers and migrates a house once, before any test starts one. */
export async function setup(): Promise<void> {
  await buildWorkers();
  await migrateOnce();
}

/** Makes the folder that each test's house is a copy of, where a migration is newer than it. */
async function migrateOnce(): Promise<void> {
  const folder = join(ROOT, 'migrations');
  const newest = Math.max(
    ...readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs),
  );
  if (existsSync(MIGRATED) && statSync(MIGRATED).mtimeMs > newest) return;
  const part = `${MIGRATED}.${process.pid}.part`;
  const runtime = await startRuntime({ persist: part, env: {} });
  await runtime.dispose();
  rmSync(MIGRATED, { recursive: true, force: true });
  renameSync(part, MIGRATED);
}

/** Says what a run of everything covered, and what it left out. */
export function teardown(): void {
  const isSome = process.argv.slice(3).some((argument) => !argument.startsWith('-'));
  if (isSome || process.env.FULL) return;
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  say(`Every test ran. ${fullTests().length} files that draw at random or kill at every step ran`);
  say('in small; `npm run test:full` runs them at the counts that docs and reports name.');
  if (!existsSync(join(ROOT, '../shared')))
    say('Skipped: the Google stand-in and the real data, which lie in ../shared.');
  if (!existsSync(join(ROOT, 'test/engines/node_modules')))
    say("Skipped: Google's SQL evaluator; `npm ci` in test/engines installs it.");
}
