/**
 * A row of numbers as text bars, which any cell, email or terminal can show without a formula or an
 * image.
 */

const BARS = '▁▂▃▄▅▆▇█';
/** A week without data: not a bar, so that it does not look like a low value. */
const NOTHING = '·';

/**
 * One bar per value on a scale that always includes zero; null is '·'. Empty where every value is
 * null.
 */
export function spark(values: (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return '';
  const low = Math.min(0, ...known);
  const span = Math.max(0, ...known) - low;
  const barOf = (value: number) =>
    BARS[span === 0 ? 0 : Math.round(((value - low) / span) * (BARS.length - 1))]!;
  return values.map((value) => (value === null ? NOTHING : barOf(value))).join('');
}
