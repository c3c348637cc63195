/** The form that SendGrid's Inbound Parse posts for a received mail, as one short text. */
import { type MultipartPart, parseMultipart } from '@remix-run/multipart-parser';
import PostalMime from 'postal-mime';
import { jsonOf } from '../../../../core/json.ts';
import { MOST_TEXT } from '../../../../core/mail/reply-text.ts';

/** What the door keeps of a received mail; attachments are left out. */
export type ReceivedForm = {
  from: string | undefined;
  to: string[];
  headers: { name: string; value: string }[];
  text: string | undefined;
  html: string | undefined;
};

const MOST_HTML = 4 * MOST_TEXT;

/**
 * Reads the form, whether its mail comes in parts or raw. Throws where it is no such form.
 * `maxBytes` bounds every part.
 */
export async function readForm(
  bytes: Uint8Array,
  contentType: string,
  maxBytes: number,
): Promise<ReceivedForm> {
  const [, boundary] = /\bboundary="?([^";,\s]+)/i.exec(contentType) ?? [];
  if (!boundary) throw new Error('the body is no form');
  const limits = { maxFileSize: maxBytes, maxTotalSize: maxBytes };
  const parts = new Map<string, MultipartPart>();
  for (const part of parseMultipart(bytes, { boundary, ...limits }))
    if (part.name && part.filename === undefined) parts.set(part.name, part);
  const raw = parts.get('email');
  const envelope = jsonOf(textOf(parts.get('envelope'), 'utf-8') ?? '') as Envelope | undefined;
  const mail = raw ? await readRaw(raw.bytes) : readParts(parts);
  return {
    ...mail,
    from: mail.from ?? envelope?.from,
    to: [...mail.to, ...(Array.isArray(envelope?.to) ? envelope.to.map(String) : [])],
    text: mail.text?.slice(0, MOST_TEXT),
    html: mail.text?.trim() ? undefined : mail.html?.slice(0, MOST_HTML),
  };
}

type Envelope = { from?: string; to?: unknown };

async function readRaw(raw: Uint8Array): Promise<ReceivedForm> {
  const mail = await PostalMime.parse(raw);
  const value = (name: string) => mail.headers.find(({ key }) => key === name)?.value;
  return {
    from: mail.from?.address ?? value('from'),
    to: [value('to') ?? ''],
    headers: mail.headers.map(({ key, value }) => ({ name: key, value })),
    text: mail.text,
    html: mail.html,
  };
}

function readParts(parts: ReadonlyMap<string, MultipartPart>): ReceivedForm {
  const charsets = jsonOf(textOf(parts.get('charsets'), 'utf-8') ?? '');
  const field = (name: string): string | undefined =>
    textOf(parts.get(name), String(Reflect.get(Object(charsets), name) ?? 'utf-8'));
  return {
    from: field('from'),
    to: [field('to') ?? ''],
    headers: headerLines(field('headers') ?? ''),
    text: field('text'),
    html: field('html'),
  };
}

/** Each field has a character set of its own; one that is not known is read as UTF-8. */
function textOf(part: MultipartPart | undefined, charset: string): string | undefined {
  if (!part) return undefined;
  return (decoderOf(charset) ?? new TextDecoder()).decode(part.bytes);
}

function decoderOf(charset: string): TextDecoder | undefined {
  try {
    return new TextDecoder(charset);
  } catch {
    return undefined;
  }
}

/** A head as it stands in a mail: a line that begins with a space goes on with the one before. */
const headerLines = (head: string): ReceivedForm['headers'] =>
  head
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, name, value] = /^([!-9;-~]+):(.*)$/s.exec(line) ?? [];
      return name ? [{ name: name.toLowerCase(), value: value!.trim() }] : [];
    });
