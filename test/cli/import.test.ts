/** `signalhouse import` beside a house: stopped in the middle, and with little memory. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from '../../cli/house/build.ts';
import { announceRuntime, openState } from '../../cli/house/state.ts';
import { RESEND_SECRET, type TestHouse, TOKEN } from '../house.ts';
import { openEmptyHouse } from '../season/empty-house.ts';

const NOW = Date.UTC(2026, 5, 1);
const folder = mkdtempSync(join(tmpdir(), 'signalhouse-import-'));
let house: TestHouse;

beforeAll(async () => {
  house = await openEmptyHouse(NOW);
  const secrets = { house_id: 'test-house', api_token: TOKEN, contact_key_secret: 'k' };
  const webhook_secrets = { resend: RESEND_SECRET };
  writeFileSync(join(folder, 'house.json'), JSON.stringify({ ...secrets, webhook_secrets }));
  announceRuntime(openState(folder), house.url.origin);
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the command; `ended` gives its exit code or signal, and what it printed. */
function start(file: string, ...flags: string[]) {
  const child = spawn(
    process.execPath,
    [...flags, '--import', './cli/text-loader.mjs', 'cli/main.ts', 'import', 'ad-spend', file],
    {
      cwd: ROOT,
      env: { ...process.env, SIGNALHOUSE_STATE: folder, NOW: String(NOW), HOUSE_CURRENCY: 'USD' },
    },
  );
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
  });
  const ended = new Promise<{ how: number | string | null; out: string; err: string }>((done) =>
    child.on('close', (code, signal) => done({ how: code ?? signal, out, err })),
  );
  return { child, ended };
}

function write(name: string, rows: number, dayOf: (i: number) => string): string {
  const file = join(folder, name);
  const lines = Array.from({ length: rows }, (_, i) => `ads,c${i},${dayOf(i)},1.50\n`);
  writeFileSync(file, `channel,campaign,day,amount\n${lines.join('')}`);
  return file;
}

const landed = async (): Promise<number> =>
  (await house.db.prepare('select count(*) as n from ad_spend').first<{ n: number }>())!.n;

it('lands each row once, also if it is stopped in the middle and started again', async () => {
  const rows = 6000;
  const file = write('spend.csv', rows, () => '2026-05-04');
  const first = start(file);
  while (first.child.exitCode === null && (await landed()) === 0)
    await new Promise((done) => setTimeout(done, 10));
  first.child.kill('SIGINT');
  expect(await first.ended).toMatchObject({ how: 'SIGINT', err: '' });
  const before = await landed();
  expect(before).toBeLessThan(rows);
  const { how, out, err } = await start(file).ended;
  expect([how, err]).toEqual([0, '']);
  const [, , counts] = out.split('\n').map((line) => line.trim().split(/ +/).map(Number));
  const [all, fresh, updated, skipped, waiting, rejected] = counts!;
  expect([all, fresh! + skipped!, updated, waiting, rejected]).toEqual([rows, rows, 0, 0, 0]);
  expect(skipped).toBeGreaterThanOrEqual(before);
  expect(await landed()).toBe(rows);
});

it('needs no more memory for a large file than for a small one', async () => {
  const rows = 60_000;
  const file = write('wrong.csv', rows, () => '2026-13-45');
  const { how, out, err } = await start(file, '--max-old-space-size=40').ended;
  expect([how, err]).toEqual([3, 'bad_input: every row was rejected; nothing was written\n']);
  expect(out).toContain(`… and ${rows - 10} more`);
  const [header, ...rejected] = readFileSync(`${file}.rejected.csv`, 'utf8').trimEnd().split('\n');
  expect(header).toBe('\ufeffchannel,campaign,day,amount,rejected because');
  expect(rejected).toHaveLength(rows);
});
