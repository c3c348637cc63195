import { describe, expect, it } from 'vitest';
import { isDateFormat, parseInstant } from '../../core/written-instant.ts';
import { observationOf, refusedFields } from './rows.ts';

const iso = (text: string, zone = 'UTC', format?: string) => {
  const at = parseInstant(text, zone, format);
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('an instant (G1, F9)', () => {
  it.each([
    ['2026-01-15 09:00', 'Australia/Sydney', '2026-01-14T22:00:00.000Z'],
    ['2026-07-15 09:00', 'Australia/Sydney', '2026-07-14T23:00:00.000Z'],
    ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['2026-01-15', 'UTC', '2026-01-15T00:00:00.000Z'],
    ['2026-1-5', 'UTC', '2026-01-05T00:00:00.000Z'],
    ['2026-01-15T09:00:00+05:30', 'America/New_York', '2026-01-15T03:30:00.000Z'],
    ['2026-01-15t09:00:00z', 'America/New_York', '2026-01-15T09:00:00.000Z'],
    ['2026-01-15 09:00:00.894719+00', 'America/New_York', '2026-01-15T09:00:00.894Z'],
    ['2026-01-15T09:00:00,5Z', 'UTC', '2026-01-15T09:00:00.500Z'],
    ['2026-01-15 09:00 −0500', 'UTC', '2026-01-15T14:00:00.000Z'],
    ['2026-01-15 09:00 UTC', 'Asia/Tokyo', '2026-01-15T09:00:00.000Z'],
    ['1767225600000', 'America/New_York', '2026-01-01T00:00:00.000Z'],
    ['\ufeff2026-01-15\u00a009:00\u200e', 'UTC', '2026-01-15T09:00:00.000Z'],
  ])('%s in %s is %s', (text, zone, expected) => expect(iso(text, zone)).toBe(expected));

  it.each([
    '2026-02-30',
    '2026-13-01',
    '2026-01-01T24:00',
    '2026-01-01T24:00Z',
    '2026-01-01T23:59:60Z',
    '2026-01-01T10:61Z',
    '2026-01-01 10',
    '2026-01-01T10:00:00+15:00',
    '2026-01-01T10:00:00+01:75',
    '2026-01-01 10:00 CET',
    '2026-01-01 10:00[Europe/Berlin]',
    '2026-01-01Z',
    '2026-01-01 approx',
    '- 2026-01-01',
    '26-01-01',
    '2026-W02-1',
    '1767225600',
    '46023.5',
    'soon',
    '',
  ])('%j is none', (text) => expect(iso(text)).toBeUndefined());
});

describe('an instant in the format of its file', () => {
  const SEVEN_PAST_FIVE = '2026-03-04T17:07:00.000Z';
  const WITH_SECONDS = '2026-03-04T17:07:09.000Z';
  it.each([
    ['2026/03/04', '2026-03-04T00:00:00.000Z'],
    ['2026/03/04 5:07:09 PM GMT+2', '2026-03-04T15:07:09.000Z'],
    ['2026/03/04 17:07:09 +02:00', '2026-03-04T15:07:09.000Z'],
    ['2026/03/04 17:07:09Z', WITH_SECONDS],
    ['2026/03/04 5:07 p.m.', SEVEN_PAST_FIVE],
    ['2026/03/04 5:07 p. m.', SEVEN_PAST_FIVE],
    ['2026/03/04, 5:07:09\u202fPM', WITH_SECONDS],
    ['2026/03/04T17:07', SEVEN_PAST_FIVE],
    ['2026/03/04 17.07', SEVEN_PAST_FIVE],
    ['2026/03/04 17.07.09', WITH_SECONDS],
    ['2026/03/04 17:07 Uhr', SEVEN_PAST_FIVE],
    ['2026/03/04 17:07:09.250', '2026-03-04T17:07:09.250Z'],
    ['2026/03/04 5 PM', '2026-03-04T17:00:00.000Z'],
    ['2026/03/04 12:00 AM', '2026-03-04T00:00:00.000Z'],
    ['2026/03/04 12:00 PM', '2026-03-04T12:00:00.000Z'],
    ['2026-03-04 17:07', SEVEN_PAST_FIVE],
  ])('%s is %s', (text, expected) => expect(iso(text, 'UTC', 'YYYY/M/D')).toBe(expected));

  it.each([
    ['1/2/2026', 'M/D/YYYY', '2026-01-02'],
    ['1/2/2026', 'D/M/YYYY', '2026-02-01'],
    ['1.2.26', 'D.M.YYYY', '2026-02-01'],
    ['4. 3. 2026', 'D.M.YYYY', '2026-03-04'],
    ['04-Mar-2026', 'D-MMM-YYYY', '2026-03-04'],
    ['Sept. 4, 2026', 'MMM D, YYYY', '2026-09-04'],
    ['2026-04-03', 'YYYY-D-M', '2026-03-04'],
    ['4/3/2026', 'D/M/YYYY H:mm', '2026-03-04'],
  ])('%s as %s is %s', (text, format, day) =>
    expect(iso(text, 'UTC', format)).toBe(`${day}T00:00:00.000Z`),
  );

  it.each([
    ['- 06.03.2026', 'D.M.YYYY'],
    ['06.03.2026 approx', 'D.M.YYYY'],
    ['06.03.2026 10', 'D.M.YYYY'],
    ['06.03.2026 24:00', 'D.M.YYYY'],
    ['06.03.2026 13:00 PM', 'D.M.YYYY'],
    ['06.03.2026 0:30 AM', 'D.M.YYYY'],
    ['06.03.2026 10:30:15.250.1', 'D.M.YYYY'],
    ['06.03.2026-07.03.2026', 'D.M.YYYY'],
    ['31/12/2026', 'M/D/YYYY'],
    ['29.2.2026', 'D.M.YYYY'],
    ['1.2.226', 'D.M.YYYY'],
    ['2026-04-13', 'YYYY-D-M'],
    ['4 Mai 2026', 'D MMM YYYY'],
    ['4/3/2026', 'dd/yyyy'],
    ['4/3/2026', 'whenever'],
  ])('%s as %s is none', (text, format) => expect(iso(text, 'UTC', format)).toBeUndefined());

  it('is one of a year, a month and a day', () => {
    expect(['D/M/YYYY', 'yyyy-mm-dd', 'MMM D, YYYY', 'D.M.YY H:mm'].every(isDateFormat)).toBe(true);
    expect(['', 'D/M', 'ISO', 'D/D/YYYY'].some(isDateFormat)).toBe(false);
  });
});

describe('the instant of a row', () => {
  const visit = { contact: 'a@b.c', channel: 'web' };

  it('is refused for epoch seconds, which are not milliseconds of 1970', () => {
    const occurred_at = 1_767_225_600;
    expect(() => observationOf('interactions', { ...visit, occurred_at })).toThrow(
      'write milliseconds (1767225600000)',
    );
    expect(refusedFields('interactions', { ...visit, occurred_at: 17_672_256_000 })).toEqual([
      'occurred_at',
    ]);
  });

  it('is read by the format of its own column, and by no other', () => {
    const formats = { dates: 'M/D/YYYY', occurred_at: 'D/M/YYYY' };
    const read = (occurred_at: string) =>
      observationOf('interactions', { ...visit, occurred_at }, { formats }).stated.occurred_at;
    expect(read('4/2/2026')).toBe(Date.UTC(2026, 1, 4));
    expect(() => read('12/31/2026')).toThrow('is not a day as D/M/YYYY');
  });
});
