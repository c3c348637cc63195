/** Phone numbers within free text, as people type them (A6). */
import { parsePhone } from '../phone.ts';

export type PhonesRead = {
  /** In E.164, each once, with its place in the text. */
  phones: { value: string; at: number }[];
  /** What looks like a phone number and is none, as written. */
  unread: string[];
};

/** A WhatsApp link names its number, with country code and without a plus. */
const waLink = /(?:https?:\/\/)?(?:wa\.me\/|api\.whatsapp\.com\/send\/?\?phone=)\+?(\d{7,15})\S*/gi;
/** What has as many digits as a phone number and is none. */
const others = [
  /https?:\/\/\S+/gi,
  /(?<![\d./-])\d{1,4}([./-])\d{1,2}\1\d{1,4}(?![./-]?\d)/g,
  /(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)/g,
];

/** A letter O is a zero and an l or I is a one: in digits, and before them where a word starts. */
const FIRST = String.raw`(?:\d|(?<![\p{L}\p{N}])[OoIl](?=[OoIl]*\d))`;
/** At its end, such a letter must not begin a word. */
const NEXT = String.raw`(?:\d|[OoIl](?![\p{L}]*[^OoIl\P{L}]))`;
const group = new RegExp(String.raw`(\+ ?\(?|\(\+?)?(${FIRST}${NEXT}*)`, 'gu');
/** What people put between the groups of one number. */
const joint = /^(?:\/|[ \u00a0]?[).\p{Pd}\u2212·]?[ \u00a0]?\(?|\) ?[\p{Pd}.] ?)$/u;

type Group = { at: number; end: number; digits: string; isPlus: boolean };

const MOST_GROUPS = 8;
const FEWEST_DIGITS = 7;

/**
 * Reads `text`; a number without country code belongs to `country`. Among the groups of digits that
 * stand in a row the longest that make a valid number are one, so several may follow each other.
 */
export function phonesIn(text: string, country: string): PhonesRead {
  const cleaned = others.reduce(
    (rest, other) => rest.replace(other, (found) => '\n'.repeat(found.length)),
    text.replace(waLink, (found, digits: string) => `\n+${digits}`.padEnd(found.length, '\n')),
  );
  const read: PhonesRead = { phones: [], unread: [] };
  for (const row of rowsOf(cleaned)) {
    const found = numbersOf(row, country);
    for (const { value, at } of found)
      if (!read.phones.some((phone) => phone.value === value)) read.phones.push({ value, at });
    const digits = row.reduce((sum, each) => sum + each.digits.length, 0);
    if (found.length === 0 && digits >= FEWEST_DIGITS)
      read.unread.push(cleaned.slice(row[0]!.at, row.at(-1)!.end));
  }
  return read;
}

/** Groups of digits with nothing between them but what joins a number. */
function rowsOf(text: string): Group[][] {
  const rows: Group[][] = [];
  for (const match of text.matchAll(group)) {
    const [whole, before = '', written] = match;
    const next: Group = {
      at: match.index,
      end: match.index + whole.length,
      digits: written!.replace(/[Oo]/g, '0').replace(/[Il]/g, '1'),
      isPlus: before.includes('+'),
    };
    const last = rows.at(-1)?.at(-1);
    if (last && joint.test(text.slice(last.end, next.at))) rows.at(-1)!.push(next);
    else rows.push([next]);
  }
  return rows;
}

/**
 * A number with a plus or a zero in front is looked for first: the 12 of a year level may stand
 * before it, and seem to be the beginning of another.
 */
function numbersOf(row: Group[], country: string): { value: string; at: number }[] {
  const isMarked = ({ isPlus, digits }: Group) => isPlus || digits.startsWith('0');
  for (const isStart of [isMarked, () => true])
    for (const [first, start] of row.entries()) {
      const number = isStart(start) ? longestFrom(row, first, country) : undefined;
      if (number)
        return [
          ...numbersOf(row.slice(0, first), country),
          { value: number.value, at: start.at },
          ...numbersOf(row.slice(number.next), country),
        ];
    }
  return [];
}

function longestFrom(row: Group[], first: number, country: string) {
  const plus = row.findIndex(({ isPlus }, n) => n > first && isPlus);
  const end = Math.min(plus < 0 ? row.length : plus, first + MOST_GROUPS);
  for (let next = end; next > first; next--) {
    const groups = row.slice(first, next);
    const digits = groups.map((each) => each.digits).join('');
    if (digits.length < FEWEST_DIGITS) return undefined;
    const value = parsePhone(`${groups[0]!.isPlus ? '+' : ''}${digits}`, country);
    if (value) return { value, next };
  }
  return undefined;
}
