/**
 * Percentile p (0 < p ≤ 1) of n values: the one at row ceil(p·n) ascending (G9). NaN for no values.
 */
export function percentile(values: number[], p: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.ceil(p * sorted.length) - 1] ?? Number.NaN;
}
