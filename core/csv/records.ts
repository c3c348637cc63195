/**
 * Splits a CSV text into records, with any delimiter and line ends; a stray quote costs only its
 * own line (V21). The text comes in pieces, and never more than one record and one piece are held.
 */
import { Fault } from '../faults.ts';

/** `line`: the line where it begins, from 1. A record with an `error` has no cells. */
export type CsvRecord = { line: number; cells: string[]; error?: string };

/** A text in pieces of any size; where it is read several times, the same each time. */
export type Pieces = Iterable<string> & object;

const DELIMITERS = [',', ';', '\t', '|'];
const DELIMITER_SAMPLE = 20;
/**
 * Characters of a quoted cell, and of a line. The import door takes requests of 1.6 MB, so that no
 * longer ones could land.
 */
const LONGEST = 2_000_000;
const NO_TABLE = 'a line is longer than 2,000,000 characters; is this a CSV file?';
/** The first line that tells Excel the delimiter. */
const STATED_DELIMITER = /^\ufeff?"?sep=(.)"?(?=\r?\n|\r)/i;
const STRAY_QUOTE =
  'a quote neither opens nor closes a whole cell; write it twice ("") and put quotes around ' +
  'the cell';

/** The marks that end the cells and lines of a text, and how long these may be. */
type Marks = { delimiter: string; newline: '\n' | '\r'; plain: RegExp; longest: number };

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

function marksOf(text: string, delimiter: string, longest: number): Marks {
  const newline = /\r\n?|\n/.exec(text)?.[0] === '\r' ? '\r' : '\n';
  const plain = new RegExp(`[^${escaped(delimiter)}${escaped(newline)}]*`, 'y');
  return { delimiter, newline, plain, longest };
}

type Cell = { value: string; end: number };

/** A quoted cell with a proper end, `open` if the text ends before it does, or undefined. */
function quotedCell(
  text: string,
  start: number,
  { delimiter, newline, longest }: Marks,
): Cell | 'open' | undefined {
  let quote = text.indexOf('"', start + 1);
  while (quote >= 0 && text[quote + 1] === '"') quote = text.indexOf('"', quote + 2);
  if ((quote < 0 ? text.length : quote) - start > longest) return undefined;
  if (quote < 0) return 'open';
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

function cellAt(
  text: string,
  start: number,
  marks: Marks,
  isWhole: boolean,
): Cell | 'open' | undefined {
  let quote = start;
  while (text[quote] === ' ') quote++;
  if (text[quote] !== '"') return plainCell(text, start, marks);
  const cell = quotedCell(text, quote, marks);
  if (cell === 'open' ? !isWhole : cell) return cell;
  return quote > start ? plainCell(text, start, marks) : undefined;
}

type Cut = { cells: string[]; error?: string; end: number };

/**
 * The record at `start`; one with a stray quote ends with its first line, so that it does not
 * swallow others. Undefined if more of the text decides where it ends; of a whole text nothing
 * does.
 */
function recordAt(text: string, start: number, marks: Marks, isWhole: boolean): Cut | undefined {
  const cells: string[] = [];
  for (let at = start; ; at++) {
    const cell = cellAt(text, at, marks, isWhole);
    if (cell === 'open') return undefined;
    if (!cell) break;
    cells.push(cell.value);
    at = cell.end;
    if (text[at] !== marks.delimiter) return { cells, end: at };
  }
  const found = text.indexOf(marks.newline, start);
  const end = found < 0 ? text.length : found;
  return { cells: [text.slice(start, end).trimEnd()], error: STRAY_QUOTE, end };
}

type Lines = { text: string; isLast: boolean };

/** The same text in pieces that end with a line, but for the last. */
function* wholeLines(pieces: Pieces, { newline, longest }: Marks): Generator<Lines> {
  let held = '';
  for (const piece of pieces) {
    const end = piece.lastIndexOf(newline) + 1;
    if (end > 0) yield { text: held + piece.slice(0, end), isLast: false };
    held = end > 0 ? piece.slice(end) : held + piece;
    if (held.length > longest) throw new Fault('bad_input', NO_TABLE);
  }
  yield { text: held, isLast: true };
}

function* records(pieces: Pieces, marks: Marks): Generator<CsvRecord> {
  let line = 1;
  let open = '';
  for (const lines of wholeLines(pieces, marks)) {
    const text = open + lines.text;
    let at = 0;
    while (at < text.length) {
      const start = text[at] === '\ufeff' ? at + 1 : at;
      const cut = recordAt(text, start, marks, lines.isLast);
      if (!cut) break;
      const { end, ...record } = cut;
      yield { line, ...record };
      line += text.slice(at, end).split(marks.newline).length;
      at = end + 1;
    }
    open = text.slice(at);
  }
}

const isBlank = ({ cells, error }: CsvRecord): boolean =>
  error === undefined && cells.every((cell) => cell.trim() === '');

/**
 * The first line that a delimiter splits, and into how many cells: a report may have a title above
 * the header.
 */
function firstCut(head: string, marks: Marks): { line: number; cells: number } {
  let seen = 0;
  for (const { line, cells } of records([head], marks)) {
    if (cells.length > 1) return { line, cells: cells.length };
    if (++seen === DELIMITER_SAMPLE) break;
  }
  return { line: Number.MAX_SAFE_INTEGER, cells: 1 };
}

/**
 * Comma, semicolon, tab or bar: the one that splits the earliest line, into the most cells; comma
 * if none does.
 */
function detectMarks(head: string, longest: number): Marks {
  const cuts = DELIMITERS.map((delimiter) => {
    const marks = marksOf(head, delimiter, longest);
    return { marks, ...firstCut(head, marks) };
  });
  return cuts.sort((a, b) => a.line - b.line || b.cells - a.cells)[0]!.marks;
}

/** The pieces, the first of them at least so long. */
function* withLongHead(pieces: Pieces, length: number): Generator<string> {
  let head: string | undefined = '';
  for (const piece of pieces) {
    if (head === undefined) {
      yield piece;
      continue;
    }
    head += piece;
    if (head.length < length) continue;
    yield head;
    head = undefined;
  }
  if (head !== undefined) yield head;
}

/**
 * All records that are not empty, the header first. Read as in RFC 4180, with any of four
 * delimiters or the one in a first line `sep=;`, any line ends, and without byte order marks at the
 * beginning of a line. Throws `bad_input` for a line that cannot be one of a table.
 */
export function* readRecords(pieces: Pieces, longest = LONGEST): Generator<CsvRecord> {
  const long = withLongHead(pieces, longest);
  const first = long.next().value ?? '';
  const stated = STATED_DELIMITER.exec(first);
  // Blanks in its place keep the line numbers below.
  const head = stated ? first.slice(stated[0].length) : first;
  const marks = stated ? marksOf(head, stated[1]!, longest) : detectMarks(head, longest);
  for (const record of records(chain(head, long), marks)) if (!isBlank(record)) yield record;
}

function* chain(head: string, rest: Iterable<string>): Generator<string> {
  yield head;
  yield* rest;
}
