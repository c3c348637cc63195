/** What the weekly summary says of a week: its sentences on hand-made weeks, and its texts in the words of the pages (R10a). */
import { describe, expect, it } from 'vitest';
import { type WeekRow, weekReport } from '../../core/pages/week.ts';
import { randomAsOf, randomHouse } from './random-house.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

const HOUR = 3_600_000;
const as_of = at('2026-03-18T06:00:00');

type Week = {
  monday: string;
  sent: number;
  opened?: number;
  clicked?: number;
  bounced?: number;
  booked?: number;
  /** Cents of one purchase. */
  sold?: number;
};

/** One contact per mail; opens, clicks and bounces are of the first mails of the week, an hour after them. */
function house(weeks: Week[]): SqliteHouse {
  const made = new SqliteHouse();
  let contact_id = 0;
  for (const {
    monday,
    sent,
    opened = 0,
    clicked = 0,
    bounced = 0,
    booked = 0,
    sold = 0,
  } of weeks) {
    const sentAt = at(monday) + 10 * HOUR;
    if (sold)
      made.insert('purchases', [
        {
          ...{
            contact_id: contact_id + 1,
            purchase_key: `s${monday}`,
            source: 'api',
            kind: 'one_off',
          },
          ...{ product_name: 'Course', currency: 'USD', status: 'enrolled', amount_minor: sold },
          purchased_at: sentAt,
        },
      ]);
    for (let n = 0; n < Math.max(sent, booked, 1); n += 1) {
      contact_id += 1;
      const message_id = `m${contact_id}`;
      made.insert('contacts', [
        { contact_id, contact_key: `k${contact_id}`, lead_added_at: at(monday) },
      ]);
      if (n < booked)
        made.insert('calls', [
          {
            ...{
              contact_id,
              call_key: `b${contact_id}`,
              source: 'manual',
              class: 'booked',
              direction: 'outbound',
            },
            booked_at: sentAt,
          },
        ]);
      if (n >= sent) continue;
      made.insert('email_messages', [
        { contact_id, message_id, created_at: sentAt, campaign_id: 'c' },
      ]);
      const types = [
        'sent',
        n < opened && 'opened',
        n < clicked && 'clicked',
        n < bounced && 'bounced',
      ];
      made.insert(
        'email_events',
        types.flatMap((event_type, hours) =>
          event_type
            ? [
                {
                  ...{ contact_id, message_id, event_type, event_id: `${event_type}${contact_id}` },
                  ...{ occurred_at: sentAt + hours * HOUR, landed_at: sentAt },
                },
              ]
            : [],
        ),
      );
    }
  }
  return made;
}

const isoDay = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

const summary = (made: SqliteHouse, instant = as_of) =>
  made.query('select * from weekly_summary order by week_start, position', {
    as_of: instant,
  }) as unknown as WeekRow[];
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
      'The email open rate fell from 60 % to 30 %, more than chance would explain. Try another subject line.',
    );
  });

  it('hold small counts against chance by the count, not by the share', () => {
    const told = sentences([
      { monday: before, sent: 60, opened: 20, booked: 0 },
      { monday, sent: 60, opened: 20, booked: 5 },
    ]);
    expect(about('Calls scheduled', told)).toBe(
      'Calls scheduled rose from 0 to 5. This may be chance: wait another week before you act on it.',
    );
  });

  it('say what lies below its goal even where nothing but chance moved it', () => {
    const told = sentences([
      { monday: before, sent: 60, opened: 12 },
      { monday, sent: 56, opened: 10 },
    ]);
    expect(about('The email open rate', told)).toBe(
      'The email open rate fell from 20 % to 18 %. This may be chance, but it is below the healthy 20 %. Try another subject line.',
    );
  });

  it('speak of bounces and clicks as shares of the emails, so that fewer emails are no fall', () => {
    const told = sentences([
      { monday: before, sent: 200, opened: 80, clicked: 40, bounced: 2 },
      { monday, sent: 50, opened: 20, clicked: 10, bounced: 12 },
    ]);
    expect(about('Bounces', told)).toBe(
      'Bounces rose from 1 % to 24 % of the emails sent, more than chance would explain. Check the addresses before the next send.',
    );
    expect(about('Clicks', told)).toBeUndefined();
    expect(about('The email open rate', told)).toBe('The email open rate stayed at 40 %.');
  });

  it('begin with revenue and calls where they moved, and say once that several may be chance', () => {
    const told = sentences([
      { monday: before, sent: 60, opened: 20, booked: 4, sold: 12_000 },
      { monday, sent: 60, opened: 24, booked: 5, sold: 456_000 },
    ]);
    expect(told).toEqual([
      'Revenue rose from 120 to 4,560 USD. See which channel and training brought it.',
      'Calls scheduled rose from 4 to 5.',
      'The email open rate rose from 33 % to 40 %. Like the change in calls scheduled, this may be chance: wait another week before you act on it.',
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
      'The email open rate fell from 25 % (1 of 4) to 0 % (0 of 5). This may be chance, but it is below the healthy 20 %. Try another subject line.',
    );
  });

  it('of a first week compare nothing', () => {
    const told = sentences([{ monday, sent: 50, opened: 5 }]);
    expect(told).toHaveLength(3);
    expect(about('The email open rate', told)).toBe(
      'The email open rate came to 10 % (no figure for the week before), below the healthy 20 %. Try another subject line.',
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

  it('in any house speak of chance once at most, never of what the house decides, and end as sentences do', () => {
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

describe('the lines', () => {
  it('say in value_text what the pages say, of every week of a house', () => {
    const rows = summary(randomHouse(120), randomAsOf);
    const weeks = [...new Set(rows.map((row) => row.week))];
    for (const week of weeks) {
      const report = weekReport(rows, { as_of: randomAsOf, is_sample: false }, week);
      const said = new Map(
        [...report.headlines, ...report.others].map(({ line, value }) => [line, value]),
      );
      for (const { line, unit, value_text } of rows.filter(
        (row) => row.week === week && row.value !== null,
      ))
        if (unit !== 'money' && unit !== 'text')
          expect(`${line} ${value_text}`).toBe(`${line} ${said.get(line)}`);
    }
  });

  it('have a line of revenue per currency, the house’s first, in units of each', () => {
    const made = new SqliteHouse({ currency: 'USD' });
    made.insert('contacts', [{ contact_id: 1, contact_key: 'k1', lead_added_at: at(monday) }]);
    const purchase = {
      contact_id: 1,
      source: 'api',
      product_name: 'p',
      kind: 'one_off',
      status: 'enrolled',
      purchased_at: at(monday) + HOUR,
    };
    made.insert('purchases', [
      { ...purchase, purchase_key: 'a', amount_minor: 123_456, currency: 'USD' },
      { ...purchase, purchase_key: 'b', amount_minor: 5_000, currency: 'JPY' },
    ]);
    const revenue = summary(made).filter((row) => row.unit === 'money' && row.state === 'complete');
    expect(
      revenue.map(({ line, value, numerator, value_text }) => [line, value, numerator, value_text]),
    ).toEqual([
      ['Revenue', 1234.56, 123_456, '1,235 USD'],
      ['Revenue JPY', 5000, 5_000, '5,000 JPY'],
    ]);
    const { others } = weekReport(summary(made), { as_of, is_sample: false });
    expect(
      others.filter(({ line }) => line.startsWith('Revenue')).map(({ value }) => value),
    ).toEqual(['$1,234.56', '¥5,000']);
  });

  it('aim at the mean of the last four weeks, so that a weak week does not lower the bar', () => {
    const sent = [80, 60, 75, 70, 10, 0];
    const first = at('2026-02-02');
    const rows = summary(
      house(sent.map((n, i) => ({ monday: isoDay(first + i * 7 * 24 * HOUR), sent: n }))),
    );
    const lines = (name: string) => rows.filter((row) => row.line === name);
    expect(lines('Next Week Target').map(({ value, value_text }) => [value, value_text])).toEqual([
      [80, '80 emails, 2–3 calls'],
      [70, '70 emails, 2–3 calls'],
      [72, '72 emails, 2–3 calls'],
      [72, '72 emails, 2–3 calls'],
      [54, '54 emails, 2–3 calls'],
      [50, '50 emails, 2–3 calls'],
      // The running week plans no lower than the week before it.
      [50, '50 emails, 2–3 calls'],
    ]);
    expect(lines('Emails Sent').map(({ target, flag }) => [target, flag])).toEqual([
      ...[
        [null, ''],
        [80, 'below goal'],
        [70, 'goal met'],
        [72, 'below goal'],
      ],
      ...[
        [72, 'below goal'],
        [54, 'below goal'],
        [50, ''],
      ],
    ]);
  });

  it('have none in an empty house', () => {
    expect(summary(new SqliteHouse())).toEqual([]);
  });
});
