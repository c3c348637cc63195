/**
 * A house served beside the command line, as `npm start` does, and commands of the real command
 * line: how long one takes, and how much memory.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../cli/house/build.ts';
import { type OpenHouse, openHouse } from '../cli/house/open.ts';
import { announceRuntime, openState } from '../cli/house/state.ts';

/** Runs `work` beside an empty house in a folder of its own, which is gone afterwards. */
export async function withServedHouse<T>(work: (house: OpenHouse) => Promise<T>): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'signalhouse-bench-'));
  const state = openState(root);
  const house = await openHouse(state, () => {});
  try {
    announceRuntime(state, house.url.origin);
    return await work(house);
  } finally {
    await house.close();
    rmSync(root, { recursive: true, force: true });
  }
}

export type Ran = { wallMs: number; peakMb: number };

const LOOK_MS = 20;

/** Peak resident memory in MB so far; 0 once the process has ended. */
function peakOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1000;
  } catch {
    return 0;
  }
}

/** Runs Node with these arguments; throws with what it says if it fails. */
function run(args: string[], env: Record<string, string> = {}): Promise<Ran> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let peakMb = 0;
  let said = '';
  const look = () => {
    peakMb = Math.max(peakMb, peakOf(child.pid!));
  };
  const timer = setInterval(look, LOOK_MS);
  child.stderr.on('data', (text) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      clearInterval(timer);
      if (code === 0) resolve({ wallMs: performance.now() - started, peakMb });
      else reject(new Error(`${args.join(' ')} ended with ${code}: ${said}`));
    });
  });
}

/** `npm run signalhouse -- …`, without npm. */
const { signalhouse } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts as {
  signalhouse: string;
};

/** One command of the command line, on this house. */
export const command = ({ state }: OpenHouse, ...args: string[]): Promise<Ran> =>
  run([...signalhouse.split(' ').slice(1), ...args], { SIGNALHOUSE_STATE: state.folder });

/** A process that does nothing. */
export const nothing = (): Promise<Ran> => run(['-e', '0']);
