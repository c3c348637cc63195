/** Discord's ids hold their instant: milliseconds since 2015 above the lower 22 bits. */
const EPOCH = 1_420_070_400_000n;

/** UTC ms. */
export const instantOf = (id: string): number => Number((BigInt(id) >> 22n) + EPOCH);

/** The greatest id below all of those from `ms` (UTC) on. */
export function idBefore(ms: number): string {
  const first = (BigInt(Math.floor(ms)) - EPOCH) << 22n;
  return String(first > 0n ? first - 1n : 0n);
}

export const compareIds = (a: string, b: string): number =>
  BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0;
