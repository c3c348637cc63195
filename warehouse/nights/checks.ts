/** Runs every check at the night's instant; a failed one of severity 'block' stops the publish. */
import { type Binding, render } from '../../sql/render.ts';
import { checks } from '../../sql/views/index.ts';
import { insertRows, overwrite } from '../insert-rows.ts';
import { checkResults } from '../schema/index.ts';
import { compareSample } from '../stored/compare.ts';
import { nightMarts } from '../stored/night-marts.ts';
import type { NightParams } from './night-params.ts';

type CheckResult = typeof checkResults.$inferInsert;

/** Offending rows that are kept as a sample. */
const SAMPLE = 5;

/** `discards`: the commands that take the offending facts out, as many as are kept as a sample. */
export type FailedCheck = { name: string; says: string; failing: number; discards: string[] };

export type CheckOutcome = {
  checks: number;
  /** Of severity 'block'. */
  blocking: FailedCheck[];
  warned: string[];
};

type Offending = { offending: number; fact_kind?: string; fact_key?: string };

const discardOf = ({ fact_kind, fact_key }: Offending): string[] =>
  fact_kind && fact_key ? [`signalhouse discard ${fact_kind} '${fact_key}'`] : [];

/**
 * Runs every check as of the night's instant over the marts that it stored, writes `check_results`
 * and answers what failed. Safe to repeat.
 */
export async function runChecks(db: D1Database, night: NightParams): Promise<CheckOutcome> {
  const binding = { as_of: night.as_of, given: await nightMarts(db, night) };
  const results: CheckResult[] = [];
  const failed: (FailedCheck & { severity: string })[] = [];
  for (const { name, says, severity } of checks) {
    const rows = await offendingRows(db, name, binding);
    const failing = rows[0]?.offending ?? 0;
    const sample = rows.map(({ offending: _, ...row }) => row);
    results.push({
      ...keyOf(night, name),
      severity,
      failing,
      sample_keys: failing > 0 ? JSON.stringify(sample) : null,
    });
    const discards = rows.flatMap(discardOf);
    if (failing > 0) failed.push({ name, says, severity, failing, discards });
  }
  const stored = await storedCheck(db, night);
  results.push({ ...keyOf(night, stored.name), severity: 'block', failing: stored.failing });
  if (stored.failing > 0) failed.push({ ...stored, severity: 'block' });
  await writeResults(db, results);
  return {
    checks: results.length,
    blocking: failed.filter(({ severity }) => severity === 'block'),
    warned: failed.filter(({ severity }) => severity === 'warn').map(({ name }) => name),
  };
}

/** Of another sample of people every night: what is stored of them is what is computed. */
async function storedCheck(db: D1Database, { as_of }: NightParams): Promise<FailedCheck> {
  const { wrong } = await compareSample(db, as_of);
  return {
    name: 'check_stored_rows',
    says: 'what is stored of a person is what their facts give (signalhouse rebuild mends it)',
    failing: wrong.length,
    discards: [],
  };
}

async function offendingRows(
  db: D1Database,
  check: string,
  binding: Binding,
): Promise<Offending[]> {
  const sample = `select ${check}.*, count(*) over () as offending from ${check} limit ${SAMPLE}`;
  return (await db.prepare(render(sample, binding)).all<Offending>()).results;
}

/** Counts the texts that held an address and were withheld (R12) as a check. Safe to repeat. */
export const noteWithheld = (db: D1Database, night: NightParams, texts: number): Promise<void> =>
  writeResults(db, [{ ...keyOf(night, 'check_withheld_texts'), severity: 'warn', failing: texts }]);

const keyOf = ({ run_id, attempt }: NightParams, check_id: string) => ({
  run_id,
  attempt,
  check_id,
});

async function writeResults(db: D1Database, results: CheckResult[]): Promise<void> {
  await db.batch(insertRows(db, checkResults, results, overwrite(checkResults)));
}

/** The failed checks as people read them, with the commands that discard the facts behind them. */
export const inWords = (failed: FailedCheck[]): string =>
  failed
    .map(({ name, says, failing, discards }) => {
      const fix = discards.length > 0 ? `; to take them out: ${discards.join(' && ')}` : '';
      return `it does not hold that ${says} (${name}: ${failing} rows${fix})`;
    })
    .join('; ');
