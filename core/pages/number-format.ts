/**
 * The number format of Excel, Sheets and LibreOffice under which a number reads as the text that a
 * page says.
 */

const MINUS = '−';
const quoted = (words: string): string => (words ? `"${words.replaceAll('"', '')}"` : '');

/** A text's first figure with its sign, what stands before it and what follows. */
const FIGURE = /^([+−]?)([^\d]*)\d[\d,]*(\.\d+)?( %)?(.*)$/s;

/** A duration, whose number is minutes: '45 s', '3 min 20 s', '12 min'. */
const DURATION = /^[+−]?\d[\d,]* (s|min|h|d)\b/;

/**
 * '24 (96 %)' → `#,##0" (96 %)"`, '−1.5 pts' → `0.0" pts"` with its signs, '32 %' → `#,##0 %`,
 * which shows 0.32. A duration is shown in minutes, since no format has two units; a text without a
 * figure ('no change') as it is.
 */
export function numberFormat(text: string): string {
  const found = FIGURE.exec(DURATION.test(text) ? text.replace(/\d.*/s, '0.0 min') : text);
  if (!found) return quoted(text);
  const [, sign, before, decimals = '', percent = '', after] = found;
  const digits = `#,##0${decimals.replace(/\d/g, '0')}`;
  const size = `${quoted(before!)}${digits}${percent}${quoted(after!)}`;
  const plus = sign === '+' || sign === MINUS ? quoted('+') : '';
  return `${plus}${size};${quoted(MINUS)}${size};${size}`;
}
