/** Counts and values of a path file, each read in exactly one way or refused (F9). */
import {
  type DecimalMark,
  hasOtherMark,
  otherMark,
  plainDigits,
  writtenAmount,
} from '../number.ts';

/** Up to here, numbers are exact and sums cannot overflow. */
const LARGEST = 2 ** 53;
/** Scientific notation, as R and spreadsheets write it, with the file's decimal mark. */
const SCIENTIFIC = /^[+-]?\d+(?:([.,])\d+)?e[+-]?\d+$/i;

export type Reading = { number: number; unit?: string } | { error: string };

function scientific(text: string, mark: DecimalMark): number | undefined {
  const match = SCIENTIFIC.exec(text);
  if (!match || (match[1] !== undefined && match[1] !== mark)) return undefined;
  return Number(text.replace(',', '.'));
}

function notRead(text: string, mark: DecimalMark): string {
  if (text === '') return 'is blank; write 0 if there are none';
  const other = otherMark(mark);
  const hint = hasOtherMark(text, mark)
    ? `; if its decimal mark is '${other}', use --decimal ${other}`
    : '';
  return `'${text}' is not a number${hint}`;
}

/** A number with the sign or code of its currency, if it has one. */
export function readAmount(cell: string, mark: DecimalMark): Reading {
  const text = cell.trim();
  const written = writtenAmount(text);
  const plain = written && plainDigits(written.digits, mark);
  const size = plain === undefined ? scientific(text, mark) : Number(plain);
  if (size === undefined || (written?.units.length ?? 0) > 1) return { error: notRead(text, mark) };
  const number = plain !== undefined && written?.isNegative ? -size : size;
  if (Math.abs(number) > LARGEST)
    return { error: `${text} is beyond 2^53 (${LARGEST}), up to which numbers are exact` };
  const unit = plain === undefined ? undefined : written?.units[0];
  return unit === undefined ? { number } : { number, unit };
}

/** A number of people: it has no currency and is not negative. */
export function readCount(cell: string, mark: DecimalMark): Reading {
  const read = readAmount(cell, mark);
  if ('error' in read) return read;
  if (read.unit !== undefined)
    return { error: `'${cell.trim()}' is an amount of ${read.unit}, not a count` };
  return read.number < 0 ? { error: `${cell.trim()} is negative; a count is not` } : read;
}

/** Whether a number with a point is one under each mark. */
function readings(cell: string): { fraction: boolean; thousands: boolean } {
  const digits = writtenAmount(cell)?.digits ?? '';
  const isNumber = (mark: DecimalMark) =>
    digits.includes('.') && plainDigits(digits, mark) !== undefined;
  return { fraction: isNumber('.'), thousands: isNumber(',') };
}

/** `0.5`, `1.23`: not a number under the other mark. */
export function isOnlyFraction(cell: string): boolean {
  const { fraction, thousands } = readings(cell);
  return fraction && !thousands;
}

/** `1.234`. */
export function mayBeThousands(cell: string): boolean {
  const { fraction, thousands } = readings(cell);
  return fraction && thousands;
}
