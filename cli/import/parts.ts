/**
 * Facts cut into requests that the import door and the database behind it take, by number and by
 * size.
 */

/**
 * The door takes a thousand facts; D1 takes 2 MB in one bound value, and a fact grows a little on
 * its way there.
 */
const MOST_FACTS = 1000;
const MOST_BYTES = 1_500_000;

/**
 * Every fact once, as the JSON that it is given as, in order; no part is empty but the only one of
 * no facts, which asks the house too.
 */
export function* partsOf<Text extends { fact: string }>(facts: Iterable<Text>): Generator<Text[]> {
  let part: Text[] = [];
  let bytes = 0;
  for (const text of facts) {
    const size = Buffer.byteLength(text.fact) + 1;
    if (part.length === MOST_FACTS || (part.length > 0 && bytes + size > MOST_BYTES)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(text);
    bytes += size;
  }
  yield part;
}
