/**
 * Splits a CSV text into records, with any delimiter and line ends; a stray quote costs only its
 * own line (V21).
 */

/** `line`: the line where it begins, from 1. A record with an `error` has no cells. */
export type CsvRecord = { line: number; cells: string[]; error?: string };

const DELIMITERS = [',', ';', '\t', '|'];
const DELIMITER_SAMPLE = 20;
/** The first line that tells Excel the delimiter. */
const STATED_DELIMITER = /^\ufeff?"?sep=(.)"?(?=\r?\n|\r)/i;
const STRAY_QUOTE =
  'a quote neither opens nor closes a whole cell; write it twice ("") and put quotes around ' +
  'the cell';

/** The marks that end the cells and lines of a text. */
type Marks = { delimiter: string; newline: '\n' | '\r'; plain: RegExp };

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

function marksOf(text: string, delimiter: string): Marks {
  const newline = /\r\n?|\n/.exec(text)?.[0] === '\r' ? '\r' : '\n';
  const plain = new RegExp(`[^${escaped(delimiter)}${escaped(newline)}]*`, 'y');
  return { delimiter, newline, plain };
}

type Cell = { value: string; end: number };

/** A quoted cell with a proper end, or undefined. */
function quotedCell(text: string, start: number, { delimiter, newline }: Marks): Cell | undefined {
  let quote = text.indexOf('"', start + 1);
  while (quote >= 0 && text[quote + 1] === '"') quote = text.indexOf('"', quote + 2);
  if (quote < 0) return undefined;
  let end = quote + 1;
  while (text[end] === ' ') end++;
  if (text[end] === '\r' && text[end + 1] === '\n') end++;
  if (end < text.length && text[end] !== delimiter && text[end] !== newline) return undefined;
  return { value: text.slice(start + 1, quote).replaceAll('""', '"'), end };
}

function plainCell(text: string, start: number, { newline, plain }: Marks): Cell {
  plain.lastIndex = start;
  const value = plain.exec(text)![0];
  const end = start + value.length;
  const isLast = end === text.length || text[end] === newline;
  return { value: isLast ? value.replace(/\r$/, '') : value, end };
}

function cellAt(text: string, start: number, marks: Marks): Cell | undefined {
  let quote = start;
  while (text[quote] === ' ') quote++;
  if (text[quote] !== '"') return plainCell(text, start, marks);
  const cell = quotedCell(text, quote, marks);
  return cell ?? (quote > start ? plainCell(text, start, marks) : undefined);
}

type Cut = { cells: string[]; error?: string; end: number };

/**
 * The record at `start`; one with a stray quote ends with its first line, so that it does not
 * swallow others.
 */
function recordAt(text: string, start: number, marks: Marks): Cut {
  const cells: string[] = [];
  for (let at = start; ; at++) {
    const cell = cellAt(text, at, marks);
    if (!cell) break;
    cells.push(cell.value);
    at = cell.end;
    if (text[at] !== marks.delimiter) return { cells, end: at };
  }
  const end = text.indexOf(marks.newline, start);
  return { cells: [], error: STRAY_QUOTE, end: end < 0 ? text.length : end };
}

function* records(text: string, delimiter: string): Generator<CsvRecord> {
  const marks = marksOf(text, delimiter);
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const start = text[at] === '\ufeff' ? at + 1 : at;
    const { end, ...record } = recordAt(text, start, marks);
    yield { line, ...record };
    line += text.slice(at, end).split(marks.newline).length;
    at = end + 1;
  }
}

const isBlank = ({ cells, error }: CsvRecord): boolean =>
  error === undefined && cells.every((cell) => cell.trim() === '');

/**
 * The first line that a delimiter splits, and into how many cells: a report may have a title above
 * the header.
 */
function firstCut(text: string, delimiter: string): { line: number; cells: number } {
  let seen = 0;
  for (const { line, cells } of records(text, delimiter)) {
    if (cells.length > 1) return { line, cells: cells.length };
    if (++seen === DELIMITER_SAMPLE) break;
  }
  return { line: Number.MAX_SAFE_INTEGER, cells: 1 };
}

/**
 * Comma, semicolon, tab or bar: the one that splits the earliest line, into the most cells; comma
 * if none does.
 */
function detectDelimiter(text: string): string {
  const cuts = DELIMITERS.map((delimiter) => ({ delimiter, ...firstCut(text, delimiter) }));
  return cuts.sort((a, b) => a.line - b.line || b.cells - a.cells)[0]!.delimiter;
}

/**
 * All records that are not empty, the header first. Read as in RFC 4180, with any of four
 * delimiters or the one in a first line `sep=;`, any line ends, and without byte order marks at the
 * beginning of a line.
 */
export function readRecords(text: string): CsvRecord[] {
  const stated = STATED_DELIMITER.exec(text);
  // Blanks in its place keep the line numbers below.
  const rest = stated ? text.slice(stated[0].length) : text;
  const found = [...records(rest, stated?.[1] ?? detectDelimiter(rest))];
  return found.filter((record) => !isBlank(record));
}
