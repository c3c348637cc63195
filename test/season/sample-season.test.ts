import { describe, expect, it } from 'vitest';
import { seasonEnd } from '../../cli/sample/calendar.ts';
import type { Delivery } from '../../cli/sample/delivery.ts';
import { sampleSeason } from '../../cli/sample/season.ts';
import { WEEK } from '../../core/durations.ts';

const SATURDAY = Date.UTC(2026, 10, 21, 15);
const season = sampleSeason(SATURDAY);
const bodies = (path: string) =>
  season.flatMap((d) => (d.door === 'api' && d.path === path ? [d.body] : []));
const mails = (type: string) =>
  new Set(
    season.flatMap((d) =>
      d.door === 'webhook' && d.payload.type === type ? [d.payload.data.email_id] : [],
    ),
  );

/** Every instant in a delivery, moved by `by`. */
const moved = (delivery: Delivery, by: number) =>
  JSON.parse(JSON.stringify(delivery), (_, value) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(value)
      ? new Date(Date.parse(value) + by).toISOString()
      : value,
  );

describe('the sample season', () => {
  it('has 340 prospects in tiers 25 / 100 / 215', () => {
    const tiers = bodies('/api/contacts').map((body) => body.tier);
    expect([1, 2, 3].map((tier) => tiers.filter((t) => t === tier).length)).toEqual([25, 100, 215]);
  });

  it('ends with the last complete ISO week before now', () => {
    expect(new Date(seasonEnd(SATURDAY)).toISOString()).toBe('2026-11-16T00:00:00.000Z');
    expect(seasonEnd(Date.UTC(2026, 10, 16))).toBe(seasonEnd(SATURDAY));
    expect(Math.max(...season.map((d) => d.at))).toBeLessThan(seasonEnd(SATURDAY));
    expect(Math.max(...season.map((d) => d.at))).toBeGreaterThan(seasonEnd(SATURDAY) - WEEK);
  });

  it('is the same content, moved by whole weeks', () => {
    // Of what was spent a calendar month is left out, and months do not move with weeks.
    const facts = (deliveries: Delivery[]) =>
      deliveries.filter((d) => d.door !== 'api' || d.path !== '/api/ad-spend');
    const later = facts(sampleSeason(SATURDAY + 5 * WEEK));
    expect(later.map((d) => ({ ...d, at: 0 }))).toEqual(
      facts(season).map((d) => ({ ...moved(d, 5 * WEEK), at: 0 })),
    );
  });

  it.each([0, 1, 2, 3, 4])(
    'tells what adverts cost each week, but for banners in one whole month (%i weeks on)',
    (weeks) => {
      const end = seasonEnd(SATURDAY + weeks * WEEK);
      const mondays = Array.from({ length: 12 }, (_, n) =>
        new Date(end - (n + 1) * WEEK).toISOString().slice(0, 10),
      );
      const told = sampleSeason(SATURDAY + weeks * WEEK).flatMap((d) =>
        d.door === 'api' && d.path === '/api/ad-spend'
          ? [d.body as { channel: string; day: string }]
          : [],
      );
      const days = (channel: string) =>
        new Set(told.filter((row) => row.channel === channel).map((row) => row.day.slice(0, 10)));
      expect(days('paid')).toEqual(new Set(mondays));
      const months = (of: Iterable<string>) => new Set([...of].map((day) => day.slice(0, 7)));
      const unknown = mondays.filter((day) => !days('display').has(day));
      expect(months(unknown).size).toBe(1);
      expect([...months(days('display'))].filter((month) => months(unknown).has(month))).toEqual(
        [],
      );
    },
  );

  it('gives every delivery a key of its own', () => {
    const keys = season.map((d) => (d.door === 'api' ? d.key : d.svixId));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('uses reserved domains and phones from ranges for fiction', () => {
    for (const { email, phone } of bodies('/api/contacts')) {
      expect(email).toMatch(/@example\.(com|org|net)$/);
      if (phone) expect(phone).toMatch(/^(\+1\d{3}55501\d\d|\+442079460\d{3}|\+61355500\d{3})$/);
    }
  });

  it('keeps believable rates', () => {
    const sent = mails('email.sent').size;
    expect(mails('email.opened').size / sent).toBeGreaterThan(0.28);
    expect(mails('email.opened').size / sent).toBeLessThan(0.42);
    expect(mails('email.received').size / sent).toBeGreaterThan(0.05);
    expect(mails('email.received').size / sent).toBeLessThan(0.08);
    expect(mails('email.bounced').size / sent).toBeLessThan(0.02);
  });
});
