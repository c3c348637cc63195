/**
 * The local house is stopped in the middle of bursts, in every way there is, and opened again:
 * nothing acknowledged is lost (V22).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { endOrphans } from '../../cli/house/orphans.ts';
import { migrate } from '../house.ts';
import { mailEvent, signed } from '../signed.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const state = mkdtempSync(join(tmpdir(), 'signalhouse-stops-'));
const data = join(state, 'empty', 'data');
migrate(data);

const STOPS = process.env.FULL ? 20 : 1;
/** Patience for a busy machine: it opens the house once more than it stops it. */
const TIMEOUT_MS = (STOPS + 1) * 120_000;
const BURST = process.env.FULL ? 2000 : 200;
const AT_ONCE = 25;

type Served = { process: ChildProcess; url: string; secret: string; ended: Promise<number | null> };
/** Also one that is not ready yet. */
let opened: ChildProcess | undefined;

afterAll(async () => {
  opened?.kill('SIGKILL');
  await endOrphans(data);
  rmSync(state, { recursive: true, force: true });
});

/**
 * `npm start -- --empty` without npm, in a process group of its own as a terminal gives it one;
 * resolves when it is ready.
 */
async function start(): Promise<Served> {
  const args = ['--import', './cli/text-loader.mjs', 'cli/main.ts', 'start', '--empty'];
  const child = spawn(process.execPath, [...args, '--port', '0', '--json'], {
    cwd: ROOT,
    env: { ...process.env, SIGNALHOUSE_STATE: state },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  opened = child;
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const line = await new Promise<string>((ready, fail) => {
    child.stdout!.once('data', (bytes) => ready(String(bytes)));
    child.once('exit', (code) =>
      fail(new Error(`the house ended with ${code} before it was ready`)),
    );
  });
  // Whoever started the house reads no further (`npm start | head -1`): what it still says goes
  // nowhere.
  child.stdout!.destroy();
  child.stderr!.destroy();
  const { url, webhook_secrets } = JSON.parse(line) as {
    url: string;
    webhook_secrets: { resend: string };
  };
  return { process: child, url, secret: webhook_secrets.resend, ended };
}

/**
 * SIGINT as a terminal sends it, to everything that runs in it; the others to the one process, as a
 * service manager does.
 */
const stops: ((pid: number) => void)[] = [
  (pid) => process.kill(pid, 'SIGKILL'),
  (pid) => process.kill(pid, 'SIGTERM'),
  (pid) => process.kill(-pid, 'SIGINT'),
];

/** Sends a burst and calls `stop` in its midst; answers with the ids that were acknowledged. */
async function burst(name: string, { url, secret }: Served, stop: () => void): Promise<string[]> {
  const acknowledged: string[] = [];
  let sent = 0;
  let isStopped = false;
  const send = async () => {
    while (sent < BURST && !isStopped) {
      const id = `${name}-${sent++}`;
      const event = mailEvent('email.sent', { email_id: `m-${id}`, to: [`${id}@x.test`] });
      const answer = await fetch(new URL('/webhooks/resend', url), signed(id, event, secret)).catch(
        () => undefined,
      );
      if (answer?.ok) acknowledged.push(id);
      if (acknowledged.length >= BURST / 2 && !isStopped) {
        isStopped = true;
        stop();
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
  return acknowledged;
}

/** Reads the house's database beside whoever has it open. */
function landed(): { events: string[]; waiting: number } {
  const folder = join(data, 'd1', 'miniflare-D1DatabaseObject');
  const [name] = readdirSync(folder).filter((file) => /^[0-9a-f]{64}\.sqlite$/.test(file));
  const db = new DatabaseSync(join(folder, name!), { readOnly: true });
  try {
    const events = db.prepare('select event_id from email_events').all();
    const { waiting } = db.prepare('select count(*) as waiting from inbox').get()!;
    return { events: events.map(({ event_id }) => String(event_id)), waiting: Number(waiting) };
  } finally {
    db.close();
  }
}

it(
  `loses and doubles nothing when it is stopped in bursts of signed webhooks (${STOPS}), and has ` +
    'landed everything once it is ready again',
  async () => {
    const acknowledged: string[] = [];
    for (let n = 0; n < STOPS; n++) {
      const now = await start();
      const stop = () => stops[n % stops.length]!(now.process.pid!);
      acknowledged.push(...(await burst(`burst${n}`, now, stop)));
      // Null where a signal ended it.
      expect(await now.ended).toBe(n % stops.length === 0 ? null : 0);
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual((STOPS * BURST) / 2);
    await start();
    const { events, waiting } = landed();
    expect(waiting).toBe(0);
    expect(acknowledged.filter((id) => !events.includes(id))).toEqual([]);
    expect(events.length).toBe(new Set(events).size);
  },
  TIMEOUT_MS,
);
