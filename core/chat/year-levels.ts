/** Year levels of a school within free text: `Y5`, `yr 10`, `Year level: 7`, `Reception` (A6). */

export type YearLevel = { level: string; at: number };

const words = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
];
const LAST_YEAR = 13;

const NUMBER = String.raw`([\dOoIl]{1,2})(?![\p{N}OoIl]|[.:]\d)`;
const GAP = String.raw`[\s.:#=_\p{Pd}]{0,3}`;
const numbered = `(?:years?|yrs?|y)(?:${GAP}(?:levels?|lvl|groups?|grp))?${GAP}`;
const pattern = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${numbered}(?:${NUMBER}|(${words.join('|')}|r)(?!\p{L}))` +
    String.raw`|(reception|nursery|kindergarten)(?!\p{L})` +
    String.raw`|grade${GAP}${NUMBER}|(\d{1,2})(?:st|nd|rd|th) grade(?!\p{L}))`,
  'giu',
);

/**
 * The year levels that `text` names, in its order: the number of the year, `Reception`, `Nursery`,
 * `Kindergarten` or `Grade 5`.
 */
export function yearLevelsIn(text: string): YearLevel[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [, year, word, stage, grade, ordinal] = match;
    const level = levelOf(year, word, stage, grade ?? ordinal);
    return level === undefined ? [] : [{ level, at: match.index }];
  });
}

function levelOf(year?: string, word?: string, stage?: string, grade?: string) {
  if (stage) return stage.slice(0, 1).toUpperCase() + stage.slice(1).toLowerCase();
  if (word) return word.toLowerCase() === 'r' ? 'Reception' : numberOf(words, word);
  const number = Number((year ?? grade)!.replace(/O/gi, '0').replace(/[Il]/g, '1'));
  if (!(number >= 1 && number <= LAST_YEAR)) return undefined;
  return year ? String(number) : `Grade ${number}`;
}

const numberOf = (names: string[], word: string): string =>
  String(names.indexOf(word.toLowerCase()) + 1);
