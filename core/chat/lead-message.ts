/**
 * A message about leads, typed by a person: who called, which numbers, which year levels.
 * Home of A6.
 */
import { visible } from '../characters.ts';
import { phonesIn } from './phones.ts';
import { type YearLevel, yearLevelsIn } from './year-levels.ts';

export type Lead = { phone: string; year_level: string | null };

export type LeadMessage = {
  leads: Lead[];
  /** The ids of the people or roles that the text mentions, in its order. */
  mentions: string[];
  /** What seems to be a phone number and cannot be read as one, as written. */
  unread: string[];
};

const mention = /<@[!&]?(\d+)>/g;
/** Mentions, channels, custom emoji, instants and commands, as Discord writes them in a text. */
const markup = /<(?:@[!&]?|#|a?:\w+:|t:|\/[^<>:]+:|id:)[^<>]*>/g;
/** Marks of bold, italic, code, quotes and spoilers. */
const styling = /[*`~]+|\|\||(?<=^|\s)>+(?=\s)/gm;
/** Within this text a long row of digits is meant to be a phone number. */
const label = /phone|mobile|mob\b|tel\b|number|whats ?app|\bwa\b/i;
const LONG = 9;

/** Reads a message; a phone number without country code belongs to `country`. */
export function readLeadMessage(content: string, country: string): LeadMessage {
  const mentions = [...content.matchAll(mention)].map(([, id]) => id!);
  const text = plainText(content);
  const { phones, unread } = phonesIn(text, country);
  const levels = yearsOf(phones, yearLevelsIn(text), text);
  const isMeant = mentions.length > 0 || label.test(text);
  return {
    leads: phones.map(({ value }, n) => ({ phone: value, year_level: levels[n] ?? null })),
    mentions,
    unread: unread.filter((row) => isMeant || row.replace(/\D/g, '').length >= LONG),
  };
}

/** The text without markup; keycaps and full-width digits become digits. */
export const plainText = (content: string): string =>
  visible(
    content
      .replace(markup, ' ; ')
      .replace(styling, ' ')
      .replace(/\u20e3/g, ''),
  )
    .normalize('NFKC')
    .replace(/\p{Extended_Pictographic}|\p{Regional_Indicator}/gu, ' ; ');

/**
 * The year level of each phone. Where a line has both, each line is read by itself, else the whole
 * text: one phone has the first year level, one year level is everybody's, and as many as there are
 * phones are theirs in turn.
 */
function yearsOf(phones: { at: number }[], years: YearLevel[], text: string): (string | null)[] {
  const lineOf = ({ at }: { at: number }) => text.slice(0, at).split('\n').length;
  const lines = new Set(years.map(lineOf));
  const isByLine = years.length > 1 && phones.some((phone) => lines.has(lineOf(phone)));
  return phones.map((phone) => {
    const isNear = (one: { at: number }) => !isByLine || lineOf(one) === lineOf(phone);
    const among = phones.filter(isNear);
    const found = years.filter(isNear);
    if (among.length === 1 || found.length === 1) return found[0]?.level ?? null;
    return found.length === among.length ? found[among.indexOf(phone)]!.level : null;
  });
}
