/**
 * The folder of a house on this machine: its secrets, its data, its lock, and where its running
 * server answers.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ROOT } from './build.ts';
import { request } from './request.ts';

/** Generated once per house; `house.json`, readable by its owner only. */
export type HouseFile = {
  house_id: string;
  api_token: string;
  contact_key_secret: string;
  webhook_secrets: { resend: string };
};

export type State = {
  /** Folder of the house in use. */
  folder: string;
  /** Where the house's exports are pulled to. */
  out: string;
  /** An empty house beside the state's own: it never gets the sample season. */
  isBeside: boolean;
  house: HouseFile;
};

/** The server that `npm start` runs. */
export type RuntimeFile = { url: string; pid: number };

const DEFAULT = join(ROOT, '.signalhouse');
/**
 * An empty house beside a sample lies here, inside the state, so that the sample stays as it is.
 */
const BESIDE = 'empty';

const secret = (bytes: number, encoding: 'hex' | 'base64' = 'hex') =>
  randomBytes(bytes).toString(encoding);

export const stateRoot = (): string => resolve(process.env.SIGNALHOUSE_STATE || DEFAULT);

function writePrivate(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
}

function houseFile(folder: string): HouseFile {
  const path = join(folder, 'house.json');
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writePrivate(path, {
      house_id: `house_${secret(8)}`,
      api_token: secret(24),
      contact_key_secret: secret(32),
      webhook_secrets: { resend: `whsec_${secret(24, 'base64')}` },
    } satisfies HouseFile);
  }
  return JSON.parse(readFileSync(path, 'utf8')) as HouseFile;
}

/** The house in use below `root`: the one that `current` names, else the state folder's own. */
export function openState(root = stateRoot()): State {
  const pointer = join(root, 'current');
  const name = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : '';
  const isBeside = name === BESIDE;
  const folder = isBeside ? join(root, BESIDE) : root;
  const out = root === DEFAULT ? join(ROOT, 'out') : join(root, 'out');
  return { folder, out, isBeside, house: houseFile(folder) };
}

/**
 * From now on commands use the empty house beside the sample (`empty`), or the state's own again
 * (`own`).
 */
export function switchHouse(to: 'empty' | 'own', root = stateRoot()): State {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const pointer = join(root, 'current');
  if (to === 'empty') writeFileSync(pointer, `${BESIDE}\n`);
  else rmSync(pointer, { force: true });
  return openState(root);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Where a live server of this house answers, or null. */
export async function findRuntime(state: State): Promise<RuntimeFile | null> {
  const path = join(state.folder, 'runtime.json');
  if (!existsSync(path)) return null;
  const file = JSON.parse(readFileSync(path, 'utf8')) as RuntimeFile;
  if (!isAlive(file.pid)) return null;
  const answer = await request(new URL('/import/doors', file.url), {
    headers: { authorization: `Bearer ${state.house.api_token}` },
    signal: AbortSignal.timeout(10_000),
  }).catch(() => null);
  return answer?.ok ? file : null;
}

export function announceRuntime(state: State, url: string): void {
  writePrivate(join(state.folder, 'runtime.json'), { url, pid: process.pid } satisfies RuntimeFile);
}

export function retractRuntime(state: State): void {
  rmSync(join(state.folder, 'runtime.json'), { force: true });
}
