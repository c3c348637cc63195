/**
 * The encoding of a text file, among all that spreadsheet programs write, and its text (V21). A
 * file comes in pieces of any size, so that a large one is never held whole.
 */
import { Fault } from '../faults.ts';

export type Encoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'Windows-1252';
export type Decoded = { text: string; encoding: Encoding };

const SAVE_AS = 'save it as "CSV UTF-8" and import that file';
const SAMPLE_BYTES = 1024;

const startsWith = (bytes: Uint8Array, ...mark: number[]): boolean =>
  mark.every((byte, i) => bytes[i] === byte);

/** UTF-16 without a byte order mark: every second byte of plain letters is zero. */
function unmarkedUtf16(sample: Uint8Array): Encoding | undefined {
  const zeros = [0, 0];
  for (const [i, byte] of sample.entries()) if (byte === 0) zeros[i % 2]! += 1;
  const many = sample.length / 5;
  if (zeros[1]! > many && zeros[0]! < zeros[1]! / 10) return 'UTF-16LE';
  if (zeros[0]! > many && zeros[1]! < zeros[0]! / 10) return 'UTF-16BE';
  return undefined;
}

function likelyEncoding(sample: Uint8Array): Encoding {
  if (startsWith(sample, 0xff, 0xfe)) return 'UTF-16LE';
  if (startsWith(sample, 0xfe, 0xff)) return 'UTF-16BE';
  return unmarkedUtf16(sample) ?? 'UTF-8';
}

function isIn(encoding: Encoding, pieces: Iterable<Uint8Array>): boolean {
  try {
    for (const _ of textOf(pieces, encoding));
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/**
 * Refuses what is not Windows-1252 either. Text with one byte per letter almost never contains a
 * valid UTF-8 letter by chance; if it does, two encodings are mixed.
 */
function needOldWindows(pieces: Iterable<Uint8Array>): void {
  const utf8 = new TextDecoder();
  const windows = new TextDecoder('windows-1252');
  let line = 1;
  let held = '';
  let [isFound, isMixed, isUnknown] = [false, false, false];
  for (const bytes of pieces) {
    // A line end of two characters is never cut in half.
    const text = held + utf8.decode(bytes, { stream: true });
    held = text.endsWith('\r') ? '\r' : '';
    const bad = text.indexOf('\ufffd');
    if (!isFound) line += lineEndsIn(text.slice(0, bad < 0 ? text.length - held.length : bad));
    isFound ||= bad >= 0;
    isMixed ||= /[^\0-\x7f\ufffd]/.test(text);
    isUnknown ||= /[\x80-\x9f]/.test(windows.decode(bytes));
  }
  if (isMixed)
    throw new Fault(
      'bad_input',
      `line ${line} is not in UTF-8 like the rest of the file; ${SAVE_AS}`,
    );
  if (isUnknown) throw new Fault('bad_input', `line ${line} is in an unknown encoding; ${SAVE_AS}`);
}

const lineEndsIn = (text: string): number => text.split(/\r\n?|\n/).length - 1;

function sampleOf(pieces: Iterable<Uint8Array>): Uint8Array {
  const sample: number[] = [];
  for (const bytes of pieces) {
    sample.push(...bytes.subarray(0, SAMPLE_BYTES - sample.length));
    if (sample.length === SAMPLE_BYTES) break;
  }
  return new Uint8Array(sample);
}

/**
 * Reads the whole file for it. Throws `bad_input` for a workbook, and for bytes that are not in one
 * encoding.
 */
export function encodingOf(pieces: Iterable<Uint8Array>): Encoding {
  const sample = sampleOf(pieces);
  if (startsWith(sample, 0x50, 0x4b, 0x03, 0x04))
    throw new Fault('bad_input', `the file is a workbook, not CSV; ${SAVE_AS}`);
  const encoding = likelyEncoding(sample);
  if (isIn(encoding, pieces)) return encoding;
  if (encoding !== 'UTF-8')
    throw new Fault('bad_input', `the file is broken ${encoding}; ${SAVE_AS}`);
  needOldWindows(pieces);
  return 'Windows-1252';
}

/** The text, in pieces, without its byte order mark. */
export function* textOf(pieces: Iterable<Uint8Array>, encoding: Encoding): Generator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for (const bytes of pieces) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

/** A small file at once; throws as `encodingOf`. */
export function decodeText(bytes: Uint8Array): Decoded {
  const encoding = encodingOf([bytes]);
  return { text: [...textOf([bytes], encoding)].join(''), encoding };
}
