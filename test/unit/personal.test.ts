/** What is withheld, and what only looks like it. */
import { expect, it } from 'vitest';
import { agentId } from '../../core/facts/agent.ts';
import { holdsAddress, publicText } from '../../core/personal.ts';

it.each([
  'ada@example.org',
  'Spring offer for ada@example.org',
  'Ada <ada.l@mail.example.co.uk>',
  '+61 412 345 678',
  '+61412345678',
  'call 0412 345 678 first',
  '(02) 9876 5432',
  '0049-30-1234567',
  '415-555-0123',
  '(415) 555-0123',
  'tel:+1.415.555.0123',
  'step 012, then 0412 345 678',
  '0412345678 0498765432',
  'ada%40example.org',
  'spring%20offer%20for%20ada%40example.org',
  'ada%2540example.org',
  'ada%25252540example.org',
  '%61da%40example%2Eorg',
  '%2B61%20412%20345%20678',
  'tel%3A%2B61412345678',
])('withholds %s', (text) => {
  expect(holdsAddress(text)).toBe(true);
  expect(publicText(text, 'secret')).toMatch(/^withheld-[0-9a-f]{16}$/);
});

it.each([
  'Maths @ 9',
  'spring_2026',
  '2026-05-20',
  'launch 01.02.2026 10:00',
  '2026-W21',
  '20391234567',
  '0b3f1c52-0123-4567-8901-234567890123',
  '5d41402abc4b2a76b9719d911017c592',
  '<1 min',
  '0000000000000000000000000000000000000000',
  'https://medium.example/@ada/0412',
  '12.5 % of 1000 000 000',
  'Calls Completed 3 (last week 2)',
  '100%25 off',
  '50% of 40 @ 9',
  'r%E9sum%E9%40%',
])('lets %s pass', (text) => expect(publicText(text, 'secret')).toBe(text));

it('keeps equal texts equal and different ones different', () => {
  expect(publicText('a@b.co', 's')).toBe(publicText('a@b.co', 's'));
  expect(publicText('a@b.co', 's')).not.toBe(publicText('b@b.co', 's'));
  expect(publicText('a@b.co', 's')).not.toBe(publicText('a@b.co', 'other'));
});

it('gives an agent who is stated by an address an id that does not spell it', () => {
  expect(agentId('Ana Silva')).toBe('ana-silva');
  expect(agentId('ana@example.org')).toMatch(/^[0-9a-f]{12}$/);
  expect(agentId('+61 412 345 678')).toMatch(/^[0-9a-f]{12}$/);
});
