/** Texts in links that stand for a person, and what forgers make of them (V15). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY } from '../../core/durations.ts';
import { channelOf, utmOf } from '../../core/facts/source-tag.ts';
import {
  linkToken,
  readLinkToken,
  readReferralCode,
  referralCode,
} from '../../core/person-links.ts';

const RUNS = process.env.FULL ? 5000 : 300;
const now = Date.UTC(2026, 5, 1, 12);
const ids = fc.integer({ min: 1, max: 10_000_000 });

it('name the contact for whom they were made, until they expire', () => {
  fc.assert(
    fc.property(ids, fc.integer({ min: 0, max: 400 }), (id, days) => {
      const token = linkToken('k', id, now + days * DAY);
      expect(readLinkToken('k', token, now)).toBe(id);
      expect(readLinkToken('k', token, now + (days + 1) * DAY)).toBeUndefined();
      expect(readReferralCode('k', referralCode('k', id))).toBe(id);
    }),
  );
});

it('name nobody once anything of them is changed', () => {
  const letter = fc.constantFrom(...'0123456789abcdefz.-_AÉ');
  const changed = fc.tuple(ids, fc.nat(60), letter, fc.constantFrom('change', 'add', 'cut'));
  const change = (text: string, [, at, by, how]: [number, number, string, string]): string => {
    const place = at % text.length;
    const rest = text.slice(how === 'add' ? place : place + 1);
    return text.slice(0, place) + (how === 'cut' ? '' : by) + rest;
  };
  fc.assert(
    fc.property(changed, (made) => {
      const token = linkToken('k', made[0], now + 9 * DAY);
      const forged = change(token, made);
      if (forged !== token) expect(readLinkToken('k', forged, now)).toBeUndefined();
      const code = referralCode('k', made[0]);
      const guessed = change(code, made);
      if (guessed !== code) expect(readReferralCode('k', guessed)).toBeUndefined();
      expect(readLinkToken('another', token, now)).toBeUndefined();
      expect(readReferralCode('another', code)).toBeUndefined();
    }),
    { numRuns: RUNS },
  );
});

it.each([
  ['https://x.test/', 'direct'],
  ['https://x.test/?utm_source=google&utm_medium=CPC', 'paid'],
  ['https://x.test/?utm_source=news&utm_medium=email', 'email'],
  ['https://x.test/?utm_source=linkedin', 'linkedin'],
  ['https://x.test/?utm_source=linkedin&utm_medium=social', 'social'],
  ['https://x.test/?utm_source=poster', 'other'],
  ['no address', 'direct'],
])('%s is %s', (address, channel) => {
  expect(channelOf(utmOf(address))).toBe(channel);
});
