/** Suggests which of the existing names was probably meant. */

const MOST = 3;

/**
 * Edit distance: letters to add, remove, change or swap with the next (Damerau and Levenshtein).
 */
function distance(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const changed = rows[i - 1]![j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      const isSwapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const swapped = isSwapped ? rows[i - 2]![j - 2]! + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, changed, swapped));
    }
    rows.push(row);
  }
  return rows.at(-1)!.at(-1)!;
}

/** Ignores case, spaces and dashes, which people mix up first. */
const plain = (text: string): string => text.toLowerCase().replace(/[\s-]+/g, '_');

/**
 * The names nearest to `wanted`, at most three: those that contain it or are contained in it, or
 * that differ in at most a third of its letters.
 */
export function nearest(wanted: string, names: string[]): string[] {
  const text = plain(wanted);
  const letters = (name: string): number => {
    const other = plain(name);
    const differing = distance(text, other);
    if (text.length > 2 && (other.includes(text) || text.includes(other)))
      return Math.min(differing, 1);
    return differing;
  };
  return names
    .map((name) => ({ name, letters: letters(name) }))
    .filter((found) => found.letters <= Math.max(1, text.length / 3))
    .sort((a, b) => a.letters - b.letters || a.name.length - b.name.length)
    .slice(0, MOST)
    .map(({ name }) => name);
}

/**
 * `; did you mean a or b?` for a message; empty if no name is near. `mark` is put before each name.
 */
export function orNearest(wanted: string, names: string[], mark = ''): string {
  const near = nearest(wanted, names).map((name) => `${mark}${name}`);
  return near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '';
}
