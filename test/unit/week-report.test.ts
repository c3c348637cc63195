/** The week's model on hand-made rows: what a person reads, and what is left unsaid. */
import { describe, expect, it } from 'vitest';
import { weekReport } from '../../core/pages/week.ts';
import { weekPage } from '../../core/pages/week-page.ts';
import { NEXT_MONDAY, weekRow, weekRows } from './week-rows.ts';

const run = { as_of: Date.UTC(2026, 10, 21, 9, 30), is_sample: false };
const rows = weekRows();
const report = weekReport(rows, run);
const line = (name: string, from = report) =>
  [...from.headlines, ...from.others].find((each) => each.line === name) ??
  expect.fail(`no line ${name}`);

describe('the report of a week', () => {
  it('is of the last complete week, beside the running one, in any order of rows', () => {
    expect(report).toMatchObject({
      week: '2026-W46',
      title: 'The week of 9–15 November 2026',
      true_for: 'True for 21 Nov 2026, 09:30 UTC',
      is_sample: false,
    });
    expect(report.sentences.map((sentence) => sentence.split(' ')[0])).toEqual([
      'Calls',
      'The',
      'Emails',
    ]);
    expect(report.headlines.map((each) => each.line).slice(0, 2)).toEqual([
      'Emails Sent',
      'Email Open Rate',
    ]);
    expect(report.headlines).toHaveLength(7);
    expect(line('Deals Closed').so_far).toBe('1');
    expect(weekReport(rows.toReversed(), run)).toEqual(report);
  });

  it('says values, what they are made of and their change as people read them', () => {
    expect(line('Emails Sent')).toMatchObject({
      value: '1,200',
      last_week: '1,150',
      change: '+200',
      target: '1,000',
    });
    expect(line('Email Open Rate')).toMatchObject({
      value: '32 %',
      counted: '384 of 1,200, 200 by a person',
      interval: '29–35 %',
      change: '−1.5 pts',
      flag: 'Healthy',
      tone: 'good',
      target: '20 %',
    });
    expect(line('Email Reply Rate')).toMatchObject({
      value: '4.3 %',
      flag: 'Below normal',
      tone: 'warning',
    });
    expect(line('Call Conversion')).toMatchObject({
      value: '–',
      counted: '',
      flag: 'No data',
      tone: 'muted',
    });
    expect(line('Calls Scheduled').change).toBe('no change');
    expect(line('Next Week Target').value).toBe('1,200 emails, 2–3 calls');
    expect(line('Delivered').value).toBe('1,176 (98 %)');
    expect(line('Top Channel')).toMatchObject({ value: 'Cold email', change: '', spark: '' });
  });

  it('does not call a mean a part: sent per day, minutes per call', () => {
    expect(line('Email Send Rate')).toMatchObject({ value: '240', counted: '1,200 in 5 days' });
    expect(line('Average Call Minutes')).toMatchObject({
      value: '25 min',
      counted: '1 h 15 min in 3 calls',
    });
    const oneDay = weekRow({ line: 'Email Send Rate', value: 25, numerator: 25, denominator: 1 });
    expect(line('Email Send Rate', weekReport([oneDay], run))).toMatchObject({
      value: '25',
      counted: '25 in 1 day',
    });
  });

  it('has one line of revenue per currency, each in its own units', () => {
    expect(line('Revenue')).toMatchObject({ value: '$12,300', change: '−$950.50' });
    expect(line('Revenue JPY')).toMatchObject({ value: '¥45,000', change: '+¥45,000' });
  });

  it('draws twelve weeks on a scale with zero, and a week that is missing as no bar', () => {
    const sent = (weeks: Record<string, number | null>) =>
      line(
        'Emails Sent',
        weekReport(
          Object.entries(weeks).map(([week_start, value]) => weekRow({ week_start, value })),
          run,
        ),
      ).spark;
    expect(line('Emails Sent').spark).toMatch(/^[▁-█]{12}$/);
    expect(sent({ '2026-11-09': 40, '2026-11-02': 0, '2026-10-19': 20 })).toBe('········▅·▁█');
    expect(sent({ '2026-11-09': 0, '2026-11-02': null })).toBe('···········▁');
    expect(sent({ '2026-11-09': 10, '2026-11-02': -10 })).toBe('··········▁█');
  });

  it('reports the requested week, and leaves the running one out beside an earlier one', () => {
    const earlier = weekReport(rows, run, '2026-W40');
    expect(earlier.title).toBe('The week of 28 September – 4 October 2026');
    expect(earlier.headlines.map((each) => each.so_far).join('')).toBe('');
    expect(weekReport(rows, run, '2026-W47').title).toBe('The week of 16–22 November 2026, so far');
    expect(weekReport(rows, run, '2020-W01')).toMatchObject({
      week: null,
      headlines: [],
      others: [],
    });
  });

  it('reports the running week if it is the first, and says when there are no facts', () => {
    const begun = weekReport(
      [weekRow({ week: '2026-W47', week_start: NEXT_MONDAY, state: 'so far', value: 3 })],
      run,
    );
    expect(begun.title).toBe('The week of 16–22 November 2026, so far');
    expect(line('Emails Sent', begun)).toMatchObject({ value: '3', last_week: '–', so_far: '' });
    const empty = weekReport([], run);
    expect(empty).toMatchObject({ week: null, title: 'No week has any facts yet', sentences: [] });
    expect(
      weekPage(empty)
        .rows.flat()
        .map((cell) => cell?.text),
    ).toContain('No week has any facts yet');
  });
});
