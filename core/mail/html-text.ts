/** Mail that comes as HTML only, as text that can be read. */

/** The characters that mail programs write by name; what else has one is written in UTF-8 today. */
const pairs = `amp & lt < gt > quot " apos ' ndash – mdash — hellip … lsquo ‘ rsquo ’ ldquo “
  rdquo ” bull • middot · copy © reg ® trade ™ euro € pound £ auml ä ouml ö uuml ü Auml Ä Ouml Ö
  Uuml Ü szlig ß eacute é egrave è ecirc ê agrave à acirc â aacute á ccedil ç iacute í icirc î
  oacute ó ocirc ô uacute ú ugrave ù ntilde ñ`;
const named = new Map([...pairs.matchAll(/(\S+) (\S+)/g)].map(([, name, is]) => [name!, is!]));
named.set('nbsp', ' ');

/** A reference to a character, such as `&eacute;` or `&#233;`; as it stands where it is none. */
function character(reference: string, name: string): string {
  if (!name.startsWith('#')) return named.get(name) ?? reference;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : reference;
}

/** What is not shown, from its opening tag to its closing one. */
const hidden = ['style', 'script', 'head', 'title', 'template'];
/** Tags before and after which a line begins. */
const block = /^(address|article|blockquote|br|div|dd|dl|dt|h[1-6]|hr|li|ol|p|pre|table|tr|ul)$/;
const MOST_QUOTED = 5;

/**
 * The text of an HTML mail: a line for each block, `>` before what is quoted as in mail of plain
 * text, characters for their names. It takes time in proportion to the length, whatever that holds.
 */
export function textOfHtml(html: string): string {
  const lower = html.toLowerCase();
  const after = (text: string, from: number): number => {
    const found = lower.indexOf(text, from);
    return found < 0 ? html.length : found + text.length;
  };
  const lines: string[] = [];
  let line = '';
  let quoted = 0;
  const endLine = () => {
    const words = line.replace(/\s+/g, ' ').trim();
    if (words || lines.at(-1)) lines.push(words && '> '.repeat(quoted) + words);
    line = '';
  };
  let at = 0;
  while (at < html.length) {
    const found = html.indexOf('<', at);
    const start = found < 0 ? html.length : found;
    line += html.slice(at, start).replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, character);
    if (!/[a-z/!?]/.test(lower[start + 1] ?? '')) {
      // A sign of its own, as in `a < b`, or the end.
      line += html.slice(start, start + 1);
      at = start + 1;
      continue;
    }
    const [, slash, tag] = /^<([/!?]?)([a-z][a-z0-9]*)?/.exec(lower.slice(start, start + 20))!;
    at = lower.startsWith('<!--', start) ? after('-->', start) : after('>', start);
    if (!tag) continue;
    if (hidden.includes(tag) && !slash) at = after('>', after(`</${tag}`, at));
    if (tag === 'td' || tag === 'th') line += ' ';
    if (!block.test(tag)) continue;
    endLine();
    if (tag === 'li' && !slash) line += '- ';
    if (tag === 'blockquote')
      quoted = Math.min(MOST_QUOTED, Math.max(0, quoted + (slash ? -1 : 1)));
  }
  endLine();
  return lines.join('\n').trim();
}
