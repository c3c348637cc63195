/** The sentences of the week, on hand-made weeks and in any house (R10a). */
import { describe, expect, it } from 'vitest';
import { weekReport } from '../../core/pages/week.ts';
import { as_of, house, summary, type Week } from './house-of-weeks.ts';
import { randomAsOf, randomHouse } from './random-house.ts';

const sentences = (weeks: Week[]) =>
  weekReport(summary(house(weeks)), { as_of, is_sample: false }).sentences;
const about = (name: string, told: string[]) => told.find((sentence) => sentence.startsWith(name));

const before = '2026-03-02';
const monday = '2026-03-09';

describe('the sentences', () => {
  it('say what chance would not explain only where it does not, and what to do', () => {
    const told = sentences([
      { monday: before, sent: 100, opened: 60 },
      { monday, sent: 100, opened: 30 },
    ]);
    expect(told).toHaveLength(3);
    expect(told[0]).toBe(
      'The email open rate fell from 60 % to 30 %, more than chance would explain. Try another ' +
        'subject line.',
    );
  });

  it('hold small counts against chance by the count, not by the share', () => {
    const told = sentences([
      { monday: before, sent: 60, opened: 20, booked: 0 },
      { monday, sent: 60, opened: 20, booked: 5 },
    ]);
    expect(about('Calls scheduled', told)).toBe(
      'Calls scheduled rose from 0 to 5. This may be chance: wait another week before you act ' +
        'on it.',
    );
  });

  it('say what lies below its goal even where nothing but chance moved it', () => {
    const told = sentences([
      { monday: before, sent: 60, opened: 12 },
      { monday, sent: 56, opened: 10 },
    ]);
    expect(about('The email open rate', told)).toBe(
      'The email open rate fell from 20 % to 18 %. This may be chance, but it is below the ' +
        'healthy 20 %. Try another subject line.',
    );
  });

  it('give bounces and clicks as shares of the emails, so that fewer emails are no fall', () => {
    const told = sentences([
      { monday: before, sent: 200, opened: 80, clicked: 40, bounced: 2 },
      { monday, sent: 50, opened: 20, clicked: 10, bounced: 12 },
    ]);
    expect(about('Bounces', told)).toBe(
      'Bounces rose from 1 % to 24 % of the emails sent, more than chance would explain. Check ' +
        'the addresses before the next send.',
    );
    expect(about('Clicks', told)).toBeUndefined();
    expect(about('The email open rate', told)).toBe('The email open rate stayed at 40 %.');
  });

  it('begin with revenue and calls if they moved, and say once that several may be chance', () => {
    const told = sentences([
      { monday: before, sent: 60, opened: 20, booked: 4, sold: 12_000 },
      { monday, sent: 60, opened: 24, booked: 5, sold: 456_000 },
    ]);
    expect(told).toEqual([
      'Revenue rose from 120 to 4,560 USD. See which channel and training brought it.',
      'Calls scheduled rose from 4 to 5.',
      'The email open rate rose from 33 % to 40 %. Like the change in calls scheduled, this may ' +
        'be chance: wait another week before you act on it.',
    ]);
  });

  it('hold what the house decides against its target, never against chance', () => {
    const told = sentences([
      { monday: before, sent: 100, opened: 40 },
      { monday, sent: 20, opened: 8 },
    ]);
    expect(told[0]).toBe(
      'Emails sent fell from 100 to 20, below the target of 100. Send the emails that are due.',
    );
  });

  it('say how little a rate over few is', () => {
    const made = house([
      { monday: before, sent: 4, opened: 1 },
      { monday, sent: 5, opened: 0 },
    ]);
    const rows = summary(made);
    expect(rows.find((row) => row.line === 'Email Open Rate' && row.week_start === before)).toEqual(
      expect.objectContaining({ flag: 'healthy, small sample' }),
    );
    const told = weekReport(rows, { as_of, is_sample: false }).sentences;
    expect(about('The email open rate', told)).toBe(
      'The email open rate fell from 25 % (1 of 4) to 0 % (0 of 5). This may be chance, but it ' +
        'is below the healthy 20 %. Try another subject line.',
    );
  });

  it('of a first week compare nothing', () => {
    const told = sentences([{ monday, sent: 50, opened: 5 }]);
    expect(told).toHaveLength(3);
    expect(about('The email open rate', told)).toBe(
      'The email open rate came to 10 % (no figure for the week before), below the healthy 20 ' +
        '%. Try another subject line.',
    );
  });

  it('of a quiet week say three things, none of them twice', () => {
    const told = sentences([
      { monday: before, sent: 0 },
      { monday, sent: 0 },
    ]);
    expect(new Set(told.map((sentence) => sentence.split(' ')[0]))).toHaveProperty('size', 3);
    expect(about('Emails sent', told)).toBe(
      'Emails sent stayed at 0, below the target of 50. Send the emails that are due.',
    );
  });

  it('in any house mention chance at most once, never for what the house decides itself', () => {
    for (const seed of [1, 2, 3, 4]) {
      const rows = summary(randomHouse(90, seed), randomAsOf).filter((row) => row.sentence);
      expect(rows.length).toBeGreaterThan(20);
      for (const told of Map.groupBy(rows, (row) => row.week).values()) {
        const chance = told.filter((row) => row.sentence!.includes('may be chance'));
        expect(told.map((row) => row.sentence).join(' '), String(seed)).not.toMatch(
          /null|NaN| {2}/,
        );
        expect(told.map((row) => row.sentence_no).sort()).toEqual([1, 2, 3]);
        expect(chance.length).toBeLessThan(2);
        for (const { sentence, line } of told) {
          expect(sentence).toMatch(/^[A-Z].*\.$/);
          if (line === 'Emails Sent' || line === 'Revenue') expect(sentence).not.toMatch(/chance/);
        }
      }
    }
  });

  it('never compare a week that is not over with a whole one', () => {
    const running = summary(
      house([
        { monday, sent: 80, opened: 40 },
        { monday: '2026-03-16', sent: 3, opened: 1 },
      ]),
    ).filter((row) => row.state === 'so far');
    expect(running).not.toEqual([]);
    expect(running.filter((row) => row.sentence !== null || row.change !== null)).toEqual([]);
    expect(running.filter((row) => row.flag === 'below goal')).toEqual([]);
  });
});
