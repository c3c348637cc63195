/** Of a reply what its sender wrote, without what it quotes (E10). */

/**
 * A line above a quotation, in the languages of mail programs: how it begins, and how it ends. It
 * may be wrapped.
 */
const attributions: [begins: RegExp, ends: RegExp][] = [
  [/^On\b/, /\bwrote:$/],
  [/^Am\b/, /\bschrieb\b.*:$/],
  [/^Le\b/, /\sécrit ?:$/],
  [/^El\b/, /\bescribió:$/],
  [/^(Il|In data)\b/, /\bscritto:$/],
  [/^Em\b/, /\bescreveu:$/],
  [/^Op\b/, /\bschreef\b.*:$/],
  [/^Den\b/, /\bskrev\b.*:$/],
  [/^(W dniu|Dnia)\b/, /(pisze|napisał|napisała|napisał\(a\)):$/],
  [/^\d/, /\s(wrote|schrieb|écrit ?|escribió|scritto|escreveu|schreef|skrev):$/],
  [/^\d/, /(пишет|написал|写道|のメッセージ|작성)[:：]$/],
  [/^在/, /写道[:：]$/],
];
const MOST_WRAPPED = 3;
/** Such a line is no longer than this, in characters. */
const LONGEST = 300;

/** A forwarded or quoted mail is also shown below its own head: two such lines near each other. */
const sender = /^\*?(From|Von|De|Da|Van|Från|Fra|Od|От|发件人|差出人)\*?\s?[:：]\*?\s*\S/;
const names = `Sent|Date|To|Subject|Cc|Gesendet|Datum|An|Betreff|Envoyé|À|Objet|Enviado|Para|Asunto
  |Fecha|Assunto|Data|Inviato|A|Oggetto|Verzonden|Aan|Onderwerp|Skickat|Till|Ämne|Sendt|Til|Emne`;
const headline = new RegExp(`^\\*?(${names.replaceAll(/\s/g, '')})\\*?\\s?:`);
const divider = /^[-_]{2,}[^-_]{0,60}[-_]{2,}$|^_{10,}$/;

const isHead = (lines: readonly string[]): boolean =>
  sender.test(lines[0] ?? '') && lines.slice(1, 5).some((line) => headline.test(line));

/** How many lines, from `at` on, stand above a quotation and announce it; 0 where none does. */
function announced(lines: readonly string[], at: number): number {
  const first = lines[at]!;
  if (first === '' || first.length > LONGEST) return 0;
  if (isHead(lines.slice(at, at + 5))) return 1;
  if (divider.test(first) && isHead(lines.slice(at + 1, at + 8).filter(Boolean))) return 1;
  const likely = attributions.filter(([begins]) => begins.test(first));
  let joined = '';
  for (let wrapped = 1; likely.length > 0 && wrapped <= MOST_WRAPPED; wrapped++) {
    joined = `${joined} ${lines[at + wrapped - 1] ?? ''}`.trim();
    if (joined.length > LONGEST) return 0;
    // Who wrote, and when: `On Monday I wrote:` is a sentence.
    if (/[\d@]/.test(joined) && likely.some(([, ends]) => ends.test(joined))) return wrapped;
  }
  return 0;
}

const isQuoted = (line: string | undefined): boolean => /^[>|]/.test(line ?? '');
/** What a phone or a mail program adds of its own. */
const added =
  /^(Sent from my|Get Outlook for|Von meinem .* gesendet|Envoyé de mon|Enviado desde mi)/;

/**
 * The text without quoted lines, the line above them, a signature after `-- `, and all that
 * follows where a mail is quoted without any mark. The whole text where nothing else is in it.
 */
export function writtenPart(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const written: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (isQuoted(line)) continue;
    if (line === '--' || added.test(line)) break;
    const above = announced(lines, at);
    if (above === 0) {
      if (line || written.at(-1)) written.push(line);
      continue;
    }
    at += above;
    while (lines[at] === '') at += 1;
    if (!isQuoted(lines[at])) break;
  }
  return written.join('\n').trim() || text.trim();
}
