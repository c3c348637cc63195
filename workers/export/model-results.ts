/** What the night learns from all paths of the house: how many conversions would be lost without each channel (R8d). */
import { WHOLE_PPB } from '../../core/attribution/allocate.ts';
import { removalEffects } from '../../core/attribution/markov.ts';
import { conversionTypes, lookbacks } from '../../core/attribution/models.ts';
import { type Path, UNATTRIBUTED } from '../../core/attribution/path.ts';
import { PATH_SEPARATOR } from '../../sql/macros.ts';
import { render } from '../../sql/render.ts';

type PathCount = { lookback: string; path: string; conversions: number; non_conversions: number };
type Result = { model: string; conversion_type: string; lookback: string; channel: string; effect_ppb: number };

/** Distinct paths with their counts, in an order of their own, so that a sum of floats is the same each time. */
const countsOf = (conversion_type: string): string =>
  `select lookback, path, sum(converting) as conversions, sum(non_converting) as non_conversions
   from int_attribution_journeys where conversion_type = '${conversion_type}' and path_length > 0
   group by lookback, path order by lookback, path`;

const pathOf = ({ path, conversions, non_conversions }: PathCount): Path => ({
  channels: path.split(PATH_SEPARATOR),
  ...{ conversions, non_conversions, value: 0 },
});

/** Effects of the channels on the way to one type of conversion; `unattributed` says that they were solved. */
function solve(conversion_type: string, counts: PathCount[]): Result[] {
  return lookbacks.flatMap((lookback) => {
    const paths = counts.filter((count) => count.lookback === lookback).map(pathOf);
    // A channel of that name is none of ours, and weighs nothing.
    const effects = removalEffects(paths, 1).set(UNATTRIBUTED, 0);
    return [...effects].map(([channel, effect]) => ({
      ...{ model: 'markov_1', conversion_type, lookback, channel },
      effect_ppb: Math.round(effect * WHOLE_PPB),
    }));
  });
}

/** Learns `markov_1` from everybody's paths as of an instant (UTC ms) and keeps it for that instant. Safe to repeat. */
export async function learnModels(db: D1Database, as_of: number): Promise<number> {
  const results: Result[] = [];
  for (const type of conversionTypes) {
    const { results: counts } = await db.prepare(render(countsOf(type), { as_of })).all<PathCount>();
    results.push(...solve(type, counts));
  }
  await db.batch([
    db.prepare('delete from model_results where as_of = ?').bind(as_of),
    db
      .prepare(
        `insert into model_results (as_of, model, conversion_type, lookback, channel, effect_ppb)
         select ?, value ->> 'model', value ->> 'conversion_type', value ->> 'lookback', value ->> 'channel',
           value ->> 'effect_ppb'
         from json_each(?)`,
      )
      .bind(as_of, JSON.stringify(results)),
  ]);
  return results.length;
}
