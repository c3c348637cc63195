/**
 * Opens a file with its MAP; if columns are unknown, writes a proposed MAP to a file.
 */
import { existsSync, readFileSync } from 'node:fs';
import { canonicalJson } from '../../core/canonical-json.ts';
import { now } from '../../core/clock.ts';
import { decodeText, encodingOf, textOf } from '../../core/csv/encoding.ts';
import { type CsvFile, openCsv } from '../../core/csv/import.ts';
import { readTable } from '../../core/csv/table.ts';
import { REASON_COLUMN } from '../../core/facts/aliases.ts';
import type { RowKind } from '../../core/facts/fields.ts';
import type { RowContext } from '../../core/facts/row.ts';
import { Fault } from '../../core/faults.ts';
import { hash } from '../../core/hash.ts';
import { observedAtError } from '../../core/instant.ts';
import { parseInstant } from '../../core/written-instant.ts';
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import type { HouseClient } from '../house/open.ts';
import { parseSettings, settingsOf } from '../house/settings.ts';
import { openState } from '../house/state.ts';
import { piecesOf } from '../pieces.ts';
import { writeOwn } from '../written-files.ts';

function needFile(path: string): void {
  if (!existsSync(path)) throw new Fault('not_found', `there is no file ${path}`);
}

function readJson(path: string | undefined): unknown {
  if (path === undefined) return {};
  needFile(path);
  try {
    return JSON.parse(decodeText(readFileSync(path)).text);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('bad_input', `${path} is not JSON: ${(error as Error).message}`);
  }
}

/** A MAP, with the formats given on the command line. */
function withFormats(call: Call, map: unknown): unknown {
  if (typeof map !== 'object' || map === null) return map;
  const stated = ['dates', 'decimal'].flatMap((format) => {
    const value = call.text(format);
    return value === undefined ? [] : [[format, value]];
  });
  const { formats } = map as { formats?: object };
  return { ...map, formats: { ...formats, ...Object.fromEntries(stated) } };
}

/**
 * Writes the proposed MAP beside the file, unless a file that the house did not write has that
 * name.
 */
function withMapFile(fault: Fault, file: string): Fault {
  const path = `${file}.map.json`;
  const { map, ...details } = fault.details ?? {};
  try {
    writeOwn(path, `${JSON.stringify(map, null, 2)}\n`);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return new Fault(fault.code, `${fault.message}\n${path} already exists and was not changed.`, {
      ...details,
      map,
    });
  }
  return new Fault(
    fault.code,
    `${fault.message}\nThey are in ${path}: check it, then run the command again with --map ` +
      `${path}`,
    { ...details, map, map_file: path },
  );
}

function statedObservation(call: Call, zone: string, present: number): number | undefined {
  const stated = call.text('observed-at');
  if (stated === undefined) return undefined;
  const observedAt = parseInstant(stated, zone);
  if (observedAt === undefined)
    throw new UsageError(`--observed-at must be an instant such as 2026-01-31, not ${stated}`);
  const error = observedAtError(observedAt, present);
  if (error) throw new UsageError(`--observed-at ${stated} ${error}`);
  return observedAt;
}

/** The context in which every row is read, except its origin. */
export function rowContextOf(call: Call): Omit<RowContext, 'origin' | 'formats'> {
  const config = parseSettings(settingsOf(openState()));
  const zone = config.BUSINESS_TIME_ZONE;
  return {
    zone,
    defaultCountry: config.DEFAULT_COUNTRY,
    currency: config.HOUSE_CURRENCY,
    now: now(config),
    observedAt: statedObservation(call, zone, now(config)),
  };
}

/** A file, how it is read, and after which import, if an earlier one decides that. */
export type OpenedFile = CsvFile & {
  columns_hash: string;
  /** What is remembered of how it was read: the JSON of `Remembered`. */
  mapping: string;
  read_as: { import_id: number; file_name: string } | null;
};

type Remembered = { map: unknown; dates: string | null };
type Earlier = { import_id: number; file_name: string; mapping: string };

/** The last import of a file with these columns; null if there was none, or --map says more. */
async function earlierOf(
  house: Pick<HouseClient, 'call'>,
  call: Call,
  kind: RowKind,
  columns_hash: string,
): Promise<Earlier | null> {
  if (call.text('map') !== undefined) return null;
  const query = new URLSearchParams({ kind, columns_hash });
  const answer = await house.call(`/import/imports/mapping?${query}`);
  return (await answer.json()) as Earlier | null;
}

/** A file with the same columns in any order, also the rejected rows of one. */
const columnsHash = (header: string[]): string =>
  hash(canonicalJson(header.filter((name) => name !== REASON_COLUMN).sort()));

/**
 * Looks through the file, and reads its rows when asked to. Without --map it is read as the last
 * one with the same columns. Throws `not_found`, `unknown_column` or `bad_input` if the file or the
 * MAP cannot be read at all.
 */
export async function openFile(
  house: Pick<HouseClient, 'call'>,
  call: Call,
  kind: RowKind,
  file: string,
): Promise<OpenedFile> {
  needFile(file);
  const stated = readJson(call.text('map'));
  const bytes = piecesOf(file);
  const encoding = encodingOf(bytes);
  if (encoding !== 'UTF-8')
    call.say(`${file} is read as ${encoding}; if letters come out wrong, save it as "CSV UTF-8"`);
  const text = { [Symbol.iterator]: () => textOf(bytes, encoding) };
  const columns_hash = columnsHash(readTable(text).header);
  const earlier = await earlierOf(house, call, kind, columns_hash);
  const known: Remembered = earlier
    ? (JSON.parse(earlier.mapping) as Remembered)
    : { map: stated, dates: null };
  const map = withFormats(call, known.map);
  try {
    const csv = openCsv(kind, text, map, rowContextOf(call), known.dates ?? undefined);
    const mapping = JSON.stringify({ map, dates: csv.dates ?? null } satisfies Remembered);
    return { ...csv, columns_hash, mapping, read_as: readAs(earlier) };
  } catch (error) {
    if (error instanceof Fault && error.code === 'unknown_column') throw withMapFile(error, file);
    throw error;
  }
}

/** Null where there was nothing to say of that file, so that this one is read by itself. */
function readAs(earlier: Earlier | null): OpenedFile['read_as'] {
  if (earlier === null || earlier.mapping === UNMAPPED) return null;
  return { import_id: earlier.import_id, file_name: earlier.file_name };
}

/** What is remembered of a file that needed nothing said of it. */
const UNMAPPED = JSON.stringify({ map: { formats: {} }, dates: null } satisfies Remembered);
