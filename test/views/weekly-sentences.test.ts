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
};

/** One contact per mail; opens, clicks and bounces are of the first mails of the week, an hour after them. */
function house(weeks: Week[]): SqliteHouse {
  const made = new SqliteHouse();
  let contact_id = 0;
  for (const { monday, sent, opened = 0, clicked = 0, bounced = 0, booked = 0 } of weeks) {
    const sentAt = at(monday) + 10 * HOUR;
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
  it('call a change outside chance only where it is, and say what to do', () => {
    const told = sentences([
      { monday: before, sent: 100, opened: 60 },
      { monday, sent: 100, opened: 30 },
    ]);
    expect(told).toHaveLength(3);
    expect(told[0]).toBe(
      'Email Open Rate fell from 60 % to 30 %. That is outside chance: try another subject line.',
    );
  });

  it('hold small counts against chance by the count, not by the share', () => {
    const told = sentences([
      { monday: before, sent: 60, opened: 20, booked: 0 },
      { monday, sent: 60, opened: 20, booked: 5 },
    ]);
    expect(about('Calls Scheduled', told)).toBe(
      'Calls Scheduled rose from 0 to 5. That may be chance: leave it as it is.',
    );
  });

  it('say what lies below its goal even where nothing but chance moved it', () => {
    const told = sentences([
      { monday: before, sent: 60, opened: 12 },
      { monday, sent: 56, opened: 10 },
    ]);
    expect(about('Email Open Rate', told)).toBe(
      'Email Open Rate fell from 20 % to 18 %. That may be chance, but it is below the healthy 20 %: try another subject line.',
    );
  });

  it('speak of bounces and clicks as shares of the mails, so that fewer mails are no fall', () => {
    const told = sentences([
      { monday: before, sent: 200, opened: 80, clicked: 40, bounced: 2 },
      { monday, sent: 50, opened: 20, clicked: 10, bounced: 12 },
    ]);
    expect(about('Bounced', told)).toBe(
      'Bounced rose from 1 % to 24 % of the mails sent. That is outside chance: check the addresses before the next send.',
    );
    expect(about('Clicked', told)).toBeUndefined();
    expect(about('Email Open Rate', told)).toBe(
      'Email Open Rate stayed at 40 %: leave it as it is.',
    );
  });

  it('of a first week compare nothing', () => {
    const told = sentences([{ monday, sent: 50, opened: 5 }]);
    expect(told).toHaveLength(3);
    expect(about('Email Open Rate', told)).toBe(
      'Email Open Rate was 10 %. The week before has nothing to compare it with, but it is below the healthy 20 %: try another subject line.',
    );
  });

  it('of a quiet week say three things, none of them twice', () => {
    const told = sentences([
      { monday: before, sent: 0 },
      { monday, sent: 0 },
    ]);
    expect(new Set(told.map((sentence) => sentence.split(' ')[0]))).toHaveProperty('size', 3);
    expect(about('Emails Sent', told)).toBe(
      'Emails Sent stayed at 0, below the goal of 50: send the mails that are due.',
    );
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
      for (const { line, unit, value, value_text } of rows.filter(
        (row) => row.week === week && row.value !== null,
      ))
        if (unit !== 'money' && unit !== 'text' && !(unit === 'minutes' && value! < 1))
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

  it('have none in an empty house', () => {
    expect(summary(new SqliteHouse())).toEqual([]);
  });
});
