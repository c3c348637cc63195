/**
 * Opens a file with its MAP; if columns are unknown, writes a proposed MAP to a file.
 */
import { existsSync, readFileSync } from 'node:fs';
import { now } from '../../core/clock.ts';
import { decodeText, encodingOf, textOf } from '../../core/csv/encoding.ts';
import { type CsvFile, openCsv } from '../../core/csv/import.ts';
import type { RowKind } from '../../core/facts/fields.ts';
import type { RowContext } from '../../core/facts/row.ts';
import { Fault } from '../../core/faults.ts';
import { observedAtError } from '../../core/instant.ts';
import { parseInstant } from '../../core/written-instant.ts';
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
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

/** The MAP, with the formats given on the command line. */
function readMap(call: Call): unknown {
  const map = readJson(call.text('map'));
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

/**
 * Looks through the file, and reads its rows when asked to. Throws `not_found`, `unknown_column` or
 * `bad_input` if the file or the MAP cannot be read at all.
 */
export function openFile(call: Call, kind: RowKind, file: string): CsvFile {
  needFile(file);
  const bytes = piecesOf(file);
  const encoding = encodingOf(bytes);
  if (encoding !== 'UTF-8')
    call.say(`${file} is read as ${encoding}; if letters come out wrong, save it as "CSV UTF-8"`);
  const text = { [Symbol.iterator]: () => textOf(bytes, encoding) };
  try {
    return openCsv(kind, text, readMap(call), rowContextOf(call));
  } catch (error) {
    if (error instanceof Fault && error.code === 'unknown_column') throw withMapFile(error, file);
    throw error;
  }
}
