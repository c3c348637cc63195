/**
 * A night whose runtime is killed at any moment goes on when the house opens again, and its ledger
 * closes.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Miniflare } from 'miniflare';
import { afterAll, expect, it } from 'vitest';
import { startRuntime } from '../../cli/house/runtime.ts';
import { marts } from '../../sql/views/index.ts';
import { migrate, RESEND_SECRET, TOKEN } from '../house.ts';

const MOMENTS_MS = process.env.FULL ? [100, 300, 500, 700, 900, 1100, 1300, 1500, 2000] : [500];
const AS_OF = Date.UTC(2026, 5, 1);
const persist = mkdtempSync(join(tmpdir(), 'signalhouse-killed-'));
migrate(persist);
afterAll(() => rmSync(persist, { recursive: true, force: true }));

const open = () =>
  startRuntime({
    persist,
    env: {
      API_TOKEN: TOKEN,
      RESEND_WEBHOOK_SECRET: RESEND_SECRET,
      CONTACT_KEY_SECRET: 'secret',
      HOUSE_ID: 'killed',
    },
    outside: async (request) => {
      throw new Error(`a request to ${request.url} left the house`);
    },
  });

const children = (): number[] => {
  try {
    return execFileSync('pgrep', ['-P', String(process.pid)])
      .toString()
      .trim()
      .split('\n')
      .map(Number);
  } catch {
    return [];
  }
};

/** Ends the runtime as a power cut would. */
async function kill(runtime: Miniflare, pids: number[]): Promise<void> {
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  await Promise.race([
    runtime.dispose().catch(() => {}),
    new Promise((done) => setTimeout(done, 2000)),
  ]);
}

type Progress = {
  status: string;
  error?: { message: string };
  loads: { status: string; note: string | null }[];
};

it.each(MOMENTS_MS)('killed after %i ms', async (moment) => {
  const before = children();
  const first = await open();
  const mine = children().filter((pid) => !before.includes(pid));
  expect(mine).toHaveLength(1);
  const headers = { authorization: `Bearer ${TOKEN}` };
  const body = JSON.stringify({ to: ['files'], as_of: AS_OF + moment });
  const asked = await fetch(new URL('/exports', await first.ready), {
    method: 'POST',
    headers,
    body,
  });
  const { instance } = (await asked.json()) as { instance: string };
  await new Promise((done) => setTimeout(done, moment));
  await kill(first, mine);

  const second = await open();
  try {
    const read = async (path: string) =>
      (await fetch(new URL(path, await second.ready), { headers })).json();
    const deadline = Date.now() + 50_000;
    let progress: Progress;
    do {
      progress = (await read(`/exports/${instance}`)) as Progress;
      await new Promise((done) => setTimeout(done, 100));
    } while (progress.status === 'running' && Date.now() < deadline);
    expect(progress.error).toBeUndefined();
    expect(progress.loads.map(({ status }) => status)).toEqual(marts.map(() => 'closed'));
    expect(progress.loads.filter(({ note }) => note)).toEqual([]);
    expect(await read('/exports/latest')).toMatchObject({ as_of: AS_OF + moment });
  } finally {
    await second.dispose();
  }
});
