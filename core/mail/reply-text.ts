/** The text of a received mail, as the house keeps it. */
import { textOfHtml } from './html-text.ts';

/** Characters of a text that are kept, and of an HTML mail that are read for it. */
export const MOST_TEXT = 100_000;
const MOST_HTML = 4 * MOST_TEXT;

const END = '\n[The house keeps no more of this mail.]';

/**
 * The whole of what was written and quoted, with `\n` after each line; of a mail without a text
 * that of its HTML. Undefined where there is none.
 */
export function replyText(text: string | undefined, html: string | undefined): string | undefined {
  const whole = text?.trim() ? text : textOfHtml((html ?? '').slice(0, MOST_HTML));
  const clean = whole.replaceAll('\0', '').replace(/\r\n?/g, '\n').trim().toWellFormed();
  if (clean.length <= MOST_TEXT) return clean || undefined;
  return clean.slice(0, MOST_TEXT - END.length).toWellFormed() + END;
}
