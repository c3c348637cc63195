/**
 * The parts of a query's text: its common table expressions, in their order, and the select that
 * reads them.
 */
export type Parts = { ctes: Cte[]; select: string };

/** `hint` is what stands before the bracket: nothing, or that it is computed once. */
type Cte = { name: string; hint: string; body: string };

const HEAD = /^[\s,]*([a-z_]\w*)\s+as\s+(materialized\s+)?\(/;

/** `text` has no comments, and no bracket in a text literal that is not closed there. */
export function partsOf(text: string): Parts {
  const trimmed = text.trim();
  if (!/^with\s/.test(trimmed)) return { ctes: [], select: trimmed };
  const ctes: Parts['ctes'] = [];
  let rest = trimmed.replace(/^with\s/, '');
  for (let head = HEAD.exec(rest); head; head = HEAD.exec(rest)) {
    const end = closing(rest, head[0].length);
    const body = rest.slice(head[0].length, end).trim();
    ctes.push({ name: head[1]!, hint: head[2] ?? '', body });
    rest = rest.slice(end + 1);
  }
  return { ctes, select: rest.trim() };
}

/** Place of the bracket that closes the one before `from`. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let place = from; place < text.length; place++) {
    if (text[place] === '(') depth++;
    if (text[place] === ')') depth--;
    if (depth === 0) return place;
  }
  return text.length;
}
