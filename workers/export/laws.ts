/** Runs every conservation law at the night's instant; a broken one of severity 'block' stops the publish. */
import { Fault } from '../../core/faults.ts';
import { render } from '../../sql/render.ts';
import { checks } from '../../sql/views/index.ts';
import type { Env, NightParams } from './env.ts';

/** Offending rows that are kept as a sample. */
const SAMPLE = 5;

/** Writes `check_results`. Throws `law_broken` naming the blocking laws that do not hold. */
export async function checkLaws(env: Env, night: NightParams): Promise<{ laws: number; broken: string[] }> {
  const results: { name: string; severity: string; failing: number; sample: string | null }[] = [];
  for (const { name, severity } of checks) {
    const { results: rows } = await env.DB.prepare(render(`select * from ${name}`, { as_of: night.as_of })).all();
    const sample = rows.length > 0 ? JSON.stringify(rows.slice(0, SAMPLE)) : null;
    results.push({ name, severity, failing: rows.length, sample });
  }
  if (results.length > 0)
    await env.DB.batch(
      results.map(({ name, severity, failing, sample }) =>
        env.DB.prepare(
          `insert into check_results (run_id, attempt, check_id, severity, failing, sample_keys)
           values (?, ?, ?, ?, ?, ?)
           on conflict do update set failing = excluded.failing, sample_keys = excluded.sample_keys`,
        ).bind(night.run_id, night.attempt, name, severity, failing, sample),
      ),
    );
  const broken = results.filter(({ failing }) => failing > 0);
  const blocking = broken.filter(({ severity }) => severity === 'block');
  if (blocking.length > 0)
    throw new Fault(
      'law_broken',
      blocking.map(({ name, failing, sample }) => `${name}: ${failing} rows, such as ${sample}`).join('; '),
    );
  return { laws: results.length, broken: broken.map(({ name }) => name) };
}
