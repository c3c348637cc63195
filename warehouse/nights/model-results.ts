/**
 * What the night learns from all paths of the house: how many conversions would be lost without
 * each channel, and how sure that is (R8d).
 */
import { eq, lte } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import {
  type GroupedPath,
  groupIntervals,
  learningModels,
} from '../../core/attribution/group-shares.ts';
import { removalEffects } from '../../core/attribution/markov.ts';
import { conversionTypes, lookbacks, WHOLE_PPB } from '../../core/attribution/models.ts';
import { type Path, UNATTRIBUTED } from '../../core/attribution/path.ts';
import { randomFrom } from '../../core/statistics/random.ts';
import { PATH_SEPARATOR } from '../../sql/macros.ts';
import { render } from '../../sql/render.ts';
import { insertRows } from '../insert-rows.ts';
import { modelResults, shareIntervals } from '../schema/index.ts';
import { statement } from '../statement.ts';
import { outdateMarts } from '../stored/mart-refreshes.ts';
import { storedRows } from '../stored/views.ts';

/** People are drawn again so often; the bounds are the third draws from either end. */
const DRAWS = 100;
const SEED = 1;

type PathCount = {
  lookback: string;
  path: string;
  path_length: number;
  month_start: string | null;
  currency: string | null;
  conversions: number;
  non_conversions: number;
  value: number;
};
type Effect = Omit<typeof modelResults.$inferInsert, 'as_of'>;
type ShareInterval = Omit<typeof shareIntervals.$inferInsert, 'as_of'>;

/**
 * Distinct paths of each month with their counts, in an order of their own, so that a sum of floats
 * is the same each time.
 */
const countsOf = (conversion_type: string): string =>
  `select lookback, path, min(path_length) as path_length, month_start, currency,
     sum(converting) as conversions, sum(non_converting) as non_conversions,
     sum(revenue_minor) as value
   from int_attribution_journeys where conversion_type = '${conversion_type}'
   group by lookback, path, month_start, currency
   order by lookback, path, month_start, currency`;

const pathOf = ({
  path,
  path_length,
  month_start,
  currency,
  ...counts
}: PathCount): GroupedPath => ({
  channels: path_length > 0 ? path.split(PATH_SEPARATOR) : [],
  conversions: counts.conversions,
  non_conversions: counts.non_conversions,
  value: counts.value,
  group: `${month_start} ${currency}`,
});

/**
 * Effects of the channels on the way to one type of conversion; `unattributed` says that they were
 * solved.
 */
function effectsOf(paths: Path[], conversion_type: string, lookback: string): Effect[] {
  // A channel of that name is none of ours, and weighs nothing.
  const effects = removalEffects(paths, 1).set(UNATTRIBUTED, 0);
  return [...effects].map(([channel, effect]) => ({
    model: 'markov_1',
    conversion_type,
    lookback,
    channel,
    effect_ppb: Math.round(effect * WHOLE_PPB),
  }));
}

function intervalsOf(
  paths: GroupedPath[],
  conversion_type: string,
  lookback: string,
): ShareInterval[] {
  return learningModels.flatMap((model) =>
    [...groupIntervals(paths, model, DRAWS, randomFrom(SEED))].flatMap(([group, channels]) => {
      const [month_start, currency] = group.split(' ') as [string, string];
      return [...channels].map(([channel, bounds]) => ({
        model,
        conversion_type,
        lookback,
        month_start,
        currency,
        channel,
        ...bounds,
      }));
    }),
  );
}

/**
 * Learns from everybody's paths as of an instant (UTC ms) and keeps it for that instant. Safe to
 * repeat.
 */
export async function learnModels(db: D1Database, as_of: number): Promise<void> {
  const effects: Effect[] = [];
  const intervals: ShareInterval[] = [];
  for (const type of conversionTypes) {
    const { results: counts } = await db
      .prepare(render(countsOf(type), { as_of, given: storedRows }))
      .all<PathCount>();
    for (const lookback of lookbacks) {
      const paths = counts.filter((count) => count.lookback === lookback).map(pathOf);
      effects.push(...effectsOf(paths, type, lookback));
      intervals.push(...intervalsOf(paths, type, lookback));
    }
  }
  const orm = drizzle(db);
  await db.batch([
    statement(db, orm.delete(modelResults).where(eq(modelResults.as_of, as_of))),
    statement(db, orm.delete(shareIntervals).where(lte(shareIntervals.as_of, as_of))),
    ...insertRows(
      db,
      modelResults,
      effects.map((effect) => ({ as_of, ...effect })),
    ),
    ...insertRows(
      db,
      shareIntervals,
      intervals.map((interval) => ({ as_of, ...interval })),
    ),
    outdateMarts(db),
  ]);
}
