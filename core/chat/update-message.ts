/** A message that a program posts: its first line names its type, its text one person (A6). */
import { parseEmail } from '../facts/address.ts';
import { plainText } from './lead-message.ts';
import { phonesIn } from './phones.ts';

/**
 * Whom a message of one of these types is about: the phone in E.164, else the email, and null where
 * neither can be read. Undefined for a message of any other type.
 */
export function readUpdateMessage(
  content: string,
  types: readonly string[],
  country: string,
): string | null | undefined {
  const text = plainText(content);
  if (!types.some((type) => isOfType(text, type))) return undefined;
  const [phone] = phonesIn(text, country).phones;
  return phone?.value ?? emailIn(text) ?? null;
}

/** Whether the first line that has words is the type; after a colon or a dash it may go on. */
function isOfType(text: string, type: string): boolean {
  const line = text.split('\n').find((each) => /[\p{L}\p{N}]/u.test(each)) ?? '';
  return [line, line.split(/[:|]|\s[\p{Pd}]\s/u)[0]!].some(
    (part) => wordsOf(part) === wordsOf(type),
  );
}

const wordsOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function emailIn(text: string): string | undefined {
  for (const word of text.match(/[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;:]+/g) ?? []) {
    const address = parseEmail(word);
    if (address) return address;
  }
  return undefined;
}
