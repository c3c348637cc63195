/**
 * Tells again what the last night published, at its own instant, and records each cell that is
 * otherwise now (R13).
 * Home of R13.
 */

import type { LoadIds } from '../../warehouse/nights/loads.ts';
import type { NightParams } from '../../warehouse/nights/night-params.ts';
import { causeReader } from '../../warehouse/nights/restatement-causes.ts';
import type { Env } from './env.ts';
import { type Kept, keptRows, readKept, restatable } from './kept.ts';
import { rowsAt } from './render.ts';
import { type RestatedCell, restatedCells } from './restated-cells.ts';

/** Keeps each bound value well below D1's 2 MB. */
const ROWS_PER_STATEMENT = 2000;

type Restatement = RestatedCell & { mart: string; load_before: string; load_after: string };

async function differences(env: Env, kept: Kept, loads: LoadIds): Promise<Restatement[]> {
  const found: Restatement[] = [];
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

const INSERT = `insert into restatements (run_id, attempt, mart, key, column_name, old_value, new_value, published_as_of,
    load_before, load_after, cause)
  select ?1, ?2, value ->> 'mart', value ->> 'key', value ->> 'column_name', value ->> 'old_value', value ->> 'new_value', ?3,
    value ->> 'load_before', value ->> 'load_after', value ->> 'cause'
  from json_each(?4)`;

/**
 * Writes the restatements that a night finds, in place of those that it had found before, and answers how many. `loads` are
 * those of the night. Safe to repeat; nothing is found where no night had published before.
 */
export async function recordRestatements(
  env: Env,
  night: NightParams,
  loads: LoadIds,
): Promise<number> {
  const { run_id, attempt } = night;
  const kept = await readKept(env.STORAGE);
  const found = kept ? await differences(env, kept, loads) : [];
  const statements = [
    env.DB.prepare('delete from restatements where run_id = ? and attempt = ?').bind(
      run_id,
      attempt,
    ),
  ];
  if (kept && found.length > 0) {
    const causeOf = await causeReader(env.DB, kept);
    const rows = found.map((each) => ({ ...each, cause: causeOf(each.mart, each.key) }));
    for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT)
      statements.push(
        env.DB.prepare(INSERT).bind(
          run_id,
          attempt,
          kept.as_of,
          JSON.stringify(rows.slice(from, from + ROWS_PER_STATEMENT)),
        ),
      );
  }
  await env.DB.batch(statements);
  return found.length;
}
