/**
 * The weekly mail's own words: what stands around the figures of the week, the same in HTML and in
 * text.
 */
import { NONE, UNCHANGED } from '../display/numbers.ts';
import { weekLineName } from '../rules/week-lines.ts';
import type { WeekLine, WeekReport } from './week.ts';

const subjectLines = ['emails_sent', 'calls_scheduled', 'deals_closed'] as const;

/**
 * Plain, so that it reads whole in a list of mails: '9–15 November 2026: 61 emails sent, 4 calls
 * scheduled, 4 deals closed'.
 */
export function subjectOf({ days, title, headlines, is_sample }: WeekReport): string {
  const figures = subjectLines.flatMap((key) => {
    const found = headlines.find(({ line }) => line === weekLineName(key));
    return found ? `${found.value} ${found.line.toLowerCase()}` : [];
  });
  const what = days ? `${days}: ${figures.join(', ')}` : title;
  return is_sample ? `Sample data. ${what}` : what;
}

/** The running week's figures in one sentence, where it is the next. */
export function soFarOf({ headlines }: WeekReport): string {
  const told = headlines.slice(0, -1).filter(({ so_far }) => so_far !== '' && so_far !== NONE);
  return told.length
    ? `This week so far: ${told.map(({ line, so_far }) => `${line} ${so_far}`).join(', ')}.`
    : '';
}

export const targetOf = ({ target }: WeekLine): string => (target ? `target ${target}` : '');
/** Said below the change; a text has none, and says what stood there before. */
export function beforeOf({ change, last_week }: WeekLine): string {
  if (change === UNCHANGED || last_week === NONE) return '';
  return change ? `from ${last_week}` : `before: ${last_week}`;
}

export const CLOSING =
  'Changes are against the week before. The Week tab has the intervals and every table behind it.';
