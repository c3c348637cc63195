/** Runs every check at the night's instant; a failed one of severity 'block' stops the publish. */
import { render } from '../../sql/render.ts';
import { checks } from '../../sql/views/index.ts';
import type { NightParams } from './night-params.ts';

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

/** Writes `check_results` and answers with the checks that failed. Safe to repeat. */
export async function runChecks(
  db: D1Database,
  { run_id, attempt, as_of }: NightParams,
): Promise<CheckOutcome> {
  const results: {
    name: string;
    severity: string;
    failing: number;
    sample: string | null;
    discards: string[];
  }[] = [];
  for (const { name, severity } of checks) {
    const offending = `select ${name}.*, count(*) over () as offending from ${name} limit ${SAMPLE}`;
    const { results: rows } = await db.prepare(render(offending, { as_of })).all<Offending>();
    const sample =
      rows.length > 0 ? JSON.stringify(rows.map(({ offending: _, ...row }) => row)) : null;
    results.push({
      name,
      severity,
      failing: rows[0]?.offending ?? 0,
      sample,
      discards: rows.flatMap(discardOf),
    });
  }
  await db
    .prepare(
      `insert into check_results (run_id, attempt, check_id, severity, failing, sample_keys)
     select ?, ?, value ->> 'name', value ->> 'severity', value ->> 'failing', value ->> 'sample'
     from json_each(?) where true
     on conflict do update set failing = excluded.failing, sample_keys = excluded.sample_keys`,
    )
    .bind(run_id, attempt, JSON.stringify(results))
    .run();
  const failed = checks.flatMap(({ name, says, severity }, i) =>
    results[i]!.failing > 0 ? [{ ...results[i]!, name, says, severity }] : [],
  );
  return {
    checks: results.length,
    blocking: failed
      .filter(({ severity }) => severity === 'block')
      .map(({ name, says, failing, discards }) => ({ name, says, failing, discards })),
    warned: failed.filter(({ severity }) => severity === 'warn').map(({ name }) => name),
  };
}

/** Counts the texts that held an address and were withheld (R12) as a check. Safe to repeat. */
export async function noteWithheld(
  db: D1Database,
  { run_id, attempt }: NightParams,
  texts: number,
): Promise<void> {
  await db
    .prepare(
      `insert into check_results (run_id, attempt, check_id, severity, failing)
       values (?, ?, 'check_withheld_texts', 'warn', ?) on conflict do update set failing = excluded.failing`,
    )
    .bind(run_id, attempt, texts)
    .run();
}

/** The failed checks as people read them, with the commands that discard the facts behind them. */
export const inWords = (failed: FailedCheck[]): string =>
  failed
    .map(({ name, says, failing, discards }) => {
      const fix = discards.length > 0 ? `; to take them out: ${discards.join(' && ')}` : '';
      return `it does not hold that ${says} (${name}: ${failing} rows${fix})`;
    })
    .join('; ');
