/**
 * Decodes the bytes of a text file, in any encoding that spreadsheet programs write (V21).
 */
import { Fault } from '../faults.ts';

export type Encoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'Windows-1252';
export type Decoded = { text: string; encoding: Encoding };

const SAVE_AS = 'save it as "CSV UTF-8" and import that file';
const SAMPLE_BYTES = 1024;

const startsWith = (bytes: Uint8Array, ...mark: number[]): boolean =>
  mark.every((byte, i) => bytes[i] === byte);

const decode = (bytes: Uint8Array, encoding: string, fatal = false): string =>
  new TextDecoder(encoding, { fatal }).decode(bytes);

/** UTF-16 without a byte order mark: every second byte of plain letters is zero. */
function unmarkedUtf16(bytes: Uint8Array): Encoding | undefined {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zeros = [0, 0];
  for (const [i, byte] of sample.entries()) if (byte === 0) zeros[i % 2]! += 1;
  const many = sample.length / 5;
  if (zeros[1]! > many && zeros[0]! < zeros[1]! / 10) return 'UTF-16LE';
  if (zeros[0]! > many && zeros[1]! < zeros[0]! / 10) return 'UTF-16BE';
  return undefined;
}

function encodingOf(bytes: Uint8Array): Encoding {
  if (startsWith(bytes, 0xff, 0xfe)) return 'UTF-16LE';
  if (startsWith(bytes, 0xfe, 0xff)) return 'UTF-16BE';
  return unmarkedUtf16(bytes) ?? 'UTF-8';
}

/**
 * Not UTF-8. Text with one byte per letter almost never contains a valid UTF-8 letter by chance; if
 * it does, two encodings are mixed.
 */
function oldWindowsText(bytes: Uint8Array): Decoded {
  const lenient = decode(bytes, 'utf-8');
  const bad = lenient.indexOf('\ufffd');
  const line = lenient.slice(0, bad).split(/\r\n?|\n/).length;
  if (/[^\0-\x7f\ufffd]/.test(lenient))
    throw new Fault(
      'bad_input',
      `line ${line} is not in UTF-8 like the rest of the file; ${SAVE_AS}`,
    );
  const text = decode(bytes, 'windows-1252');
  if (/[\x80-\x9f]/.test(text))
    throw new Fault('bad_input', `line ${line} is in an unknown encoding; ${SAVE_AS}`);
  return { text, encoding: 'Windows-1252' };
}

/**
 * The text without its byte order mark, and the detected encoding. Throws `bad_input` for a
 * workbook, and for bytes that are not in one encoding.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04))
    throw new Fault('bad_input', `the file is a workbook, not CSV; ${SAVE_AS}`);
  const encoding = encodingOf(bytes);
  try {
    return { text: decode(bytes, encoding, true), encoding };
  } catch {
    if (encoding === 'UTF-8') return oldWindowsText(bytes);
    throw new Fault('bad_input', `the file is broken ${encoding}; ${SAVE_AS}`);
  }
}
