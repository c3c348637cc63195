/** Whole units shared out exactly by weight: shares in billionths, money in minor units (R8b). */

/** One whole in billionths, the unit of a share. */
export const WHOLE_PPB = 1_000_000_000;

/** Weights as whole numbers; fractions are taken to one part in 2⁵² of the greatest. */
function whole(weights: number[]): bigint[] {
  if (weights.every(Number.isSafeInteger)) return weights.map(BigInt);
  const greatest = weights.reduce((a, b) => Math.max(a, b), 0);
  // A power of two, so that equal halves stay equal.
  const unit = 2 ** Math.floor(Math.log2(greatest));
  return weights.map((weight) => BigInt(Math.round((weight / unit) * 2 ** 52)));
}

/**
 * `amount` (a safe integer, negative for a refund) in parts that sum to it exactly: floors first, then one more to the largest
 * remainders, ties by position. A negative amount is shared like its size. Weights are not negative; where all are zero the parts
 * are as equal as whole units can be. Without weights there are no parts.
 */
export function allocate(amount: number, weights: number[]): number[] {
  const some = weights.some((weight) => weight > 0) ? whole(weights) : weights.map(() => 1n);
  const sum = some.reduce((a, b) => a + b, 0n);
  const size = BigInt(Math.abs(amount));
  const cut = some.map((weight, position) => ({
    position,
    floor: (weight * size) / (sum || 1n),
    remainder: (weight * size) % (sum || 1n),
  }));
  let left = Number(size - cut.reduce((total, { floor }) => total + floor, 0n));
  const parts = cut.map(({ floor }) => Number(floor));
  const order = cut.toSorted((a, b) =>
    a.remainder === b.remainder ? a.position - b.position : a.remainder > b.remainder ? -1 : 1,
  );
  for (const { position } of order) {
    if (left-- <= 0) break;
    parts[position]! += 1;
  }
  return amount < 0 ? parts.map((part) => -part || 0) : parts;
}
