/**
 * An instant that is printed in any way is read back as itself, or refused: never as another (F9).
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../core/durations.ts';
import { isInstant } from '../../core/instant.ts';
import { parseInstant } from '../../core/written-instant.ts';

const RUNS = process.env.FULL ? 100_000 : 2_000;

/** Countries and the format that a person would state for their dates. */
const countries = [
  ['en-US', 'M/D/YYYY'],
  ['en-GB', 'D/M/YYYY'],
  ['de-DE', 'D.M.YYYY'],
  ['fr-FR', 'D/M/YYYY'],
  ['da-DK', 'D.M.YYYY'],
  ['fi-FI', 'D.M.YYYY'],
  ['es-MX', 'D/M/YYYY'],
  ['sv-SE', 'YYYY-M-D'],
  ['ja-JP', 'YYYY/M/D'],
  ['ko-KR', 'YYYY.M.D'],
  ['zh-TW', 'YYYY/M/D'],
  ['hu-HU', 'YYYY.M.D'],
  ['bg-BG', 'D.M.YYYY'],
  ['th-TH', 'D/M/YYYY'],
  ['fa-IR', 'YYYY/M/D'],
  ['ar-EG', 'D/M/YYYY'],
] as const;
const zones = ['UTC', 'Australia/Sydney', 'America/New_York', 'Asia/Kathmandu'];

const printed = fc
  .record({
    at: fc.integer({ min: Date.UTC(2010, 0, 2), max: Date.UTC(2040, 11, 30) }),
    country: fc.constantFrom(...countries),
    timeZone: fc.constantFrom(...zones),
    timeStyle: fc.constantFrom('short', 'medium', 'long', 'full', undefined),
    dateStyle: fc.constantFrom('short', 'medium', undefined),
    hour12: fc.constantFrom(true, false, undefined),
  })
  .map(({ at, country: [locale, format], ...options }) => {
    const { dateStyle, timeStyle, timeZone, hour12 } = options;
    const [day, time] = [
      { year: 'numeric', month: 'numeric', day: 'numeric', timeZone },
      { timeStyle, timeZone, ...(hour12 === undefined ? {} : { hour12 }) },
    ] as Intl.DateTimeFormatOptions[];
    const print = (part: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, part).format(at);
    const dayText = print(dateStyle ? { dateStyle, timeZone } : day!);
    const text = timeStyle ? `${dayText} ${print(time!)}` : dayText;
    return { at, text, format, timeZone, timeStyle };
  });

const dayIn = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);

it('is itself, to what was printed of it, or refused', () => {
  let readBack = 0;
  fc.assert(
    fc.property(printed, ({ at, text, format, timeZone, timeStyle }) => {
      const read = parseInstant(text, timeZone, format);
      if (read === undefined || !isInstant(read)) return;
      readBack += 1;
      if (timeStyle === undefined) expect(dayIn(read, timeZone), text).toBe(dayIn(at, timeZone));
      const precision = timeStyle === 'short' ? MINUTE : SECOND;
      // An hour that a clock shows twice is the earlier of the two.
      if (timeStyle)
        expect([0, 60 * MINUTE], text).toContain(Math.floor(at / precision) * precision - read);
    }),
    { numRuns: RUNS },
  );
  expect(readBack).toBeGreaterThan(RUNS / 4);
});

it('is itself in the forms of programs', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1.3e12, max: 2.2e12 }),
      fc.integer({ min: -840, max: 840 }),
      (at, ahead) => {
        const iso = new Date(at).toISOString();
        const local = new Date(at + ahead * MINUTE).toISOString().slice(0, -1);
        const [hours, minutes] = [Math.trunc(Math.abs(ahead) / 60), Math.abs(ahead) % 60];
        const two = (n: number) => String(n).padStart(2, '0');
        const offset = `${ahead < 0 ? '-' : '+'}${two(hours)}`;
        for (const text of [
          String(at),
          iso,
          iso.replace('T', ' '),
          iso.replace('Z', '+00:00'),
          iso.replace('Z', '000000Z'),
          `${local}${offset}:${two(minutes)}`,
          `${local} ${offset}${two(minutes)}`,
          `${local} GMT${offset}:${two(minutes)}`,
        ])
          expect(parseInstant(text, 'Asia/Tokyo'), text).toBe(at);
      },
    ),
    { numRuns: RUNS },
  );
});
