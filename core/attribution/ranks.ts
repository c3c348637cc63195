/** How far models disagree about a channel. */

/** Ranks by amount, 1 is the greatest; ties by name (R8b). */
function ranksOf(amounts: Map<string, number>): Map<string, number> {
  const sorted = [...amounts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return new Map(sorted.map(([name], i) => [name, i + 1]));
}

/**
 * Per name, its worst rank minus its best over the models: 0 if all agree. Every model must have
 * the same names.
 */
export function rankSpread(models: Map<string, number>[]): Map<string, number> {
  const places = models.map(ranksOf);
  const names = [...(models[0]?.keys() ?? [])];
  return new Map(
    names.map((name) => {
      const taken = places.map((ranks) => ranks.get(name)!);
      return [name, Math.max(...taken) - Math.min(...taken)];
    }),
  );
}
