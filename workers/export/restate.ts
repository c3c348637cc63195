/**
 * Tells again what the last night published, at its own instant, and records each cell that is
 * otherwise now (R13).
 * Home of R13.
 */

import type { LoadIds } from '../../warehouse/nights/loads.ts';
import type { NightParams } from '../../warehouse/nights/night-params.ts';
import { causeReader } from '../../warehouse/nights/restatement-causes.ts';
import { writeRestatements } from '../../warehouse/nights/restatements.ts';
import type { Env } from './env.ts';
import { type Kept, keptRows, readKept, restatable } from './kept.ts';
import { rowsAt } from './render.ts';
import { type RestatedCell, restatedCells } from './restated-cells.ts';

type Difference = RestatedCell & { mart: string; load_before: string; load_after: string };

async function differences(env: Env, kept: Kept, loads: LoadIds): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const contract of restatable) {
    const mart = contract.name;
    const before = kept.marts[mart];
    if (!before) continue;
    const after = rowsAt(env, kept.as_of, contract);
    const cells = await restatedCells(
      contract,
      before.columns,
      keptRows(env.STORAGE, before),
      after,
    );
    const between = { mart, load_before: before.load_id, load_after: loads[mart]! };
    for (const cell of cells) found.push({ ...cell, ...between });
  }
  return found;
}

/**
 * Writes the restatements that a night finds and answers how many. `loads` are those of the night.
 * Safe to repeat; nothing is found if no night had published before.
 */
export async function recordRestatements(
  env: Env,
  night: NightParams,
  loads: LoadIds,
): Promise<number> {
  const kept = await readKept(env.STORAGE);
  const found = kept ? await differences(env, kept, loads) : [];
  const causeOf = kept && found.length > 0 ? await causeReader(env.DB, kept) : null;
  const rows = found.map((each) => ({
    ...each,
    published_as_of: kept!.as_of,
    cause: causeOf!(each.mart, each.key),
  }));
  await writeRestatements(env.DB, night, rows);
  return found.length;
}
