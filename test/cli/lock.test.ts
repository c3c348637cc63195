/** Two processes never have one house open, also where many find that its last holder died. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { lockState } from '../../cli/house/lock.ts';
import { openState } from '../../cli/house/state.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'signalhouse-lock-'));
const log = join(root, 'log');
const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

const PROCESSES = 6;
const TIMES = 3;
const LONG_MS = 600_000;

function holder(times: number, holdMs: number): ChildProcess {
  const script = ['--import', './cli/text-loader.mjs', 'test/cli/lock-holder.ts'];
  const args = [...script, root, log, String(times), String(holdMs)];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  started.push(child);
  return child;
}

const notes = (): string[] =>
  existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').filter(Boolean) : [];

it('names who holds the house, and is taken over by one at a time once that one died', async () => {
  const dying = holder(1, LONG_MS);
  while (notes().length === 0) await new Promise((done) => setTimeout(done, 50));
  const said: string[] = [];
  await expect(lockState(openState(root), (line) => said.push(line), 0)).rejects.toThrow(
    `process ${dying.pid} has the house in ${root} open`,
  );
  expect(said).toEqual([]);
  const others = Array.from({ length: PROCESSES }, () => holder(TIMES, 20));
  const ended = others.map(async (child) => (await once(child, 'exit'))[0]);
  dying.kill('SIGKILL');
  expect(await Promise.all(ended)).toEqual(others.map(() => 0));
  const [first, ...rest] = notes();
  expect(first).toBe(`in ${dying.pid}`);
  expect(rest).toHaveLength(2 * PROCESSES * TIMES);
  for (let n = 0; n < rest.length; n += 2)
    expect([rest[n], rest[n + 1]]).toEqual([rest[n], rest[n]!.replace('in', 'out')]);
});
