/** Which of the names that there are was probably meant. */

const MOST = 3;

/** Letters to add, take away or change to make one text of the other (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++)
      next.push(
        Math.min(
          row[j]! + 1,
          next[j - 1]! + 1,
          row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row.at(-1)!;
}

/** The names nearest to `wanted`, at most three: those that hold it or begin like it, or differ in a third of its letters at most. */
export function nearest(wanted: string, names: string[]): string[] {
  const text = wanted.toLowerCase().replace(/[\s-]+/g, '_');
  const letters = (name: string): number => {
    const differing = distance(text, name);
    if (text.length > 2 && (name.includes(text) || text.includes(name)))
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
