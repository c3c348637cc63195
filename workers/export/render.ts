/**
 * Renders a mart at an instant into the bucket: objects of one JSON array per line, read back page
 * by page.
 */

import { Fault } from '../../core/faults.ts';
import { publicText } from '../../core/personal.ts';
import { cellOf } from '../../platform/cells.ts';
import { Checksum, lineOf } from '../../platform/checksum.ts';
import type { Table } from '../../platform/destination.ts';
import type { Cell } from '../../sql/cell.ts';
import type { Contract } from '../../sql/contract.ts';
import { instanceId, type NightParams } from '../../warehouse/nights/night-params.ts';
import { martRows, type Part } from '../../warehouse/read/mart-rows.ts';
import { nightMarts } from '../../warehouse/stored/night-marts.ts';
import { type Env, parseConfig } from './env.ts';

/** What a step passes on instead of rows. */
export type Rendered = {
  mart: string;
  /** Where the rows lie in the bucket: `parts` objects, numbered from 0. */
  key: string;
  parts: number;
  rows: number;
  checksum: string;
  data_through: number | null;
  /** Texts that held an address and do not leave the house (R12). */
  withheld: number;
};

/** No more rows are kept in one object, or handed over at once. */
const ROWS_PER_PART = 10_000;
const ROWS_PER_PAGE = 2000;

/**
 * Makes what D1 answered what a destination may have, in place; answers how many texts were
 * withheld.
 */
function clean(contract: Contract, rows: Cell[][], secret: string): number {
  const isText = contract.columns.map(({ type }) => type === 'string');
  let count = 0;
  for (const row of rows)
    for (let i = 0; i < row.length; i += 1) {
      const cell = cellOf(row[i]);
      row[i] = isText[i] && typeof cell === 'string' ? publicText(cell, secret) : cell;
      if (row[i] !== cell) count += 1;
    }
  return count;
}

/** The rows of a mart at an instant (UTC ms) as a destination may have them, slice by slice. */
export async function* rowsAt(
  env: Env,
  as_of: number,
  contract: Contract,
): AsyncGenerator<Cell[][]> {
  const secret = parseConfig(env).CONTACT_KEY_SECRET;
  for await (const rows of martRows(env.DB, { as_of }, contract, null)) {
    clean(contract, rows, secret);
    yield rows;
  }
}

/** The greater of an instant or a day so far and those of some rows. */
function latest(position: number, rows: Cell[][], so_far: Cell): Cell {
  let found = so_far;
  for (const row of rows) {
    const cell = row[position] ?? null;
    if (cell !== null && (found === null || cell > found)) found = cell;
  }
  return found;
}

const instantOf = (through: Cell): number | null =>
  typeof through === 'string' ? Date.parse(`${through}T00:00:00Z`) : through;

export const partKey = (key: string, part: number): string => `${key}/${part}.ndjson`;

/**
 * Renders a mart, from what the night stored if it did, and answers with what was rendered. Safe to
 * repeat.
 */
export async function renderMart(
  env: Env,
  night: NightParams,
  contract: Contract,
  part: Part,
): Promise<Rendered> {
  const key = `nights/${instanceId(night)}/${contract.name}${part ? `.${part.name}` : ''}`;
  const position = contract.columns.findIndex((column) => column.name === contract.through);
  const checksum = new Checksum();
  let through: Cell = null;
  const secret = parseConfig(env).CONTACT_KEY_SECRET;
  let parts = 0;
  let withheld = 0;
  const binding = { as_of: night.as_of, given: await nightMarts(env.DB, night) };
  for await (const rows of martRows(env.DB, binding, contract, part)) {
    withheld += clean(contract, rows, secret);
    if (position >= 0) through = latest(position, rows, through);
    for (let from = 0; from < rows.length; from += ROWS_PER_PART) {
      const lines = rows.slice(from, from + ROWS_PER_PART).map(lineOf);
      for (const line of lines) checksum.addLine(line);
      await env.STORAGE.put(partKey(key, parts), lines.join('\n'));
      parts += 1;
    }
  }
  return {
    mart: contract.name,
    key,
    parts,
    rows: checksum.rows,
    checksum: checksum.toString(),
    data_through: instantOf(through),
    withheld,
  };
}

async function* pagesOf(env: Env, { key, parts }: Rendered): AsyncGenerator<Cell[][]> {
  for (let part = 0; part < parts; part += 1) {
    const object = await env.STORAGE.get(partKey(key, part));
    if (!object)
      throw new Fault(
        'storage_busy',
        `${partKey(key, part)} is no longer in the bucket; run the export again`,
      );
    const lines = (await object.text()).split('\n');
    for (let from = 0; from < lines.length; from += ROWS_PER_PAGE)
      yield lines.slice(from, from + ROWS_PER_PAGE).map((line) => JSON.parse(line) as Cell[]);
  }
}

/**
 * The rendered mart as a destination takes it; its rows are read from the bucket when asked for.
 */
export const tableOf = (
  env: Env,
  contract: Contract,
  rendered: Rendered,
  load_id: string,
): Table => ({
  contract,
  load_id,
  row_count: rendered.rows,
  checksum: rendered.checksum,
  data_through: rendered.data_through,
  pages: () => pagesOf(env, rendered),
});

/** The rendered rows of a night are of no use once it has ended. */
export async function discardRendered(env: Env, night: NightParams): Promise<void> {
  const prefix = `nights/${instanceId(night)}/`;
  for (;;) {
    const { objects, truncated } = await env.STORAGE.list({ prefix });
    if (objects.length > 0) await env.STORAGE.delete(objects.map(({ key }) => key));
    if (!truncated) return;
  }
}
