/**
 * The files that commands write outside the state folder: only what the house itself wrote is ever
 * overwritten or deleted.
 */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Fault } from '../core/faults.ts';
import { stateRoot } from './house/state.ts';
import { piecesOf } from './pieces.ts';

const SHOWN = 5;

/** What a file holds: at once, or in pieces that are read anew each time they are iterated. */
type Content = string | Uint8Array | (Iterable<string | Uint8Array> & object);

const piecesIn = (content: Content): Iterable<string | Uint8Array> =>
  typeof content === 'string' || content instanceof Uint8Array ? [content] : content;

function sha256(content: Content): string {
  const hash = createHash('sha256');
  for (const piece of piecesIn(content)) hash.update(piece);
  return hash.digest('hex');
}

/** One name for a file, however its folder is spelt or linked. */
function canonical(path: string): string {
  const folder = dirname(resolve(path));
  return join(existsSync(folder) ? realpathSync(folder) : folder, basename(path));
}

/**
 * The ledger has one file per path: the digest of each content that the house wrote there, a line
 * each.
 */
const ledgerOf = (path: string): string => join(stateRoot(), 'written', sha256(canonical(path)));

function digestsOf(path: string): string[] {
  const ledger = ledgerOf(path);
  return existsSync(ledger) ? readFileSync(ledger, 'utf8').split('\n') : [];
}

/** Noted before the file exists, so that it is still known to be ours after a crash in between. */
function note(path: string, digest: string): void {
  if (digestsOf(path).includes(digest)) return;
  const ledger = ledgerOf(path);
  mkdirSync(dirname(ledger), { recursive: true, mode: 0o700 });
  appendFileSync(ledger, `${digest}\n`, { mode: 0o600 });
}

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/**
 * Whether the file at `path` stands there as the house wrote it; a folder, a link or an edited file
 * does not.
 */
function isOwn(path: string): boolean {
  return lstatSync(path).isFile() && digestsOf(path).includes(sha256(piecesOf(path)));
}

/**
 * Throws `Fault('file_exists')` where any of `paths` is a file that the house did not write, or
 * that somebody changed since. Commands ask before they begin, so that a refusal leaves everything
 * as it was.
 */
export function refuseForeign(paths: string[]): void {
  const foreign = paths.filter((path) => isThere(path) && !isOwn(path));
  if (foreign.length === 0) return;
  const rest = foreign.length > SHOWN ? ` and ${foreign.length - SHOWN} more` : '';
  throw new Fault(
    'file_exists',
    `the house did not write ${foreign.slice(0, SHOWN).join(', ')}${rest}, or somebody changed \
it since; nothing was written. Move it away, or write somewhere else`,
  );
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST' && code !== 'ENOTDIR') throw error;
    throw new Fault('file_exists', `${folder} is not a folder; choose another`);
  }
}

/**
 * Writes `content` to `path` at once, making its folder where needed. Throws
 * `Fault('file_exists')` as `refuseForeign`.
 */
export function writeOwn(path: string, content: Content): void {
  makeFolder(dirname(resolve(path)));
  refuseForeign([path]);
  note(path, sha256(content));
  const part = `${path}.${process.pid}.part`;
  const file = openSync(part, 'wx');
  try {
    for (const piece of piecesIn(content)) writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
  renameSync(part, path);
}

/** Deletes `path` if it is exactly as the house wrote it; anything else stays. */
export function removeOwn(path: string): void {
  if (isThere(path) && isOwn(path)) rmSync(path);
}

const isFile = (path: string): boolean => isThere(path) && lstatSync(path).isFile();

/** Whether the file at `path` is older than the ledger, or somebody else's. */
export const isUnknown = (path: string): boolean => isFile(path) && digestsOf(path).length === 0;

/**
 * Takes a file into the ledger that an export of this house vouches for by its `digest`, or by
 * what it says itself: houses older than the ledger have such files.
 */
export function adopt(path: string, digest?: string): void {
  if (!isFile(path)) return;
  const found = sha256(piecesOf(path));
  if (digest === undefined || digest === found) note(path, found);
}
