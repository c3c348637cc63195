/**
 * How a contact is addressed, in whatever way it is written: the same identity, another one, or
 * nobody's (F1, P1).
 */
import { describe, expect, it } from 'vitest';
import { countries } from '../../cli/sample/names.ts';
import { addressError, parseAddress } from '../../core/facts/address.ts';
import { parseRow } from '../../core/facts/parse.ts';
import { parsePhone } from '../../core/phone.ts';
import { factOf, observationOf, refusedFields } from './rows.ts';

/** Beyond 2^53, so that JSON has lost its last digit. */
const LONG_ID = JSON.parse('23848492847200123') as number;

describe('the form of an address', () => {
  it.each([
    ['ana@example.com', 'email'],
    ['+61 412 345 678', 'phone'],
    ['0412 345 678', 'phone'],
    ['0061412345678', 'phone'],
    ['0412.345.678', 'phone'],
    ['0412–345‑678', 'phone'],
    ['+61\u00a0412\u202f345 678', 'phone'],
    ['+61 (412) 345-678', 'phone'],
    ['tel:+61-412-345-678', 'phone'],
    ['0412 345 678 ext. 12', 'phone'],
    ['(0412) 345-678', 'external'],
    ['412345678', 'external'],
    ['lead-7', 'external'],
    ['0x12', 'external'],
    ['+61 call me', 'external'],
    ['0412/345678', 'external'],
  ])('%s is that of an %s', (text, kind) => expect(parseAddress(text, 'AU')?.kind).toBe(kind));

  it('is the one that a mapping says', () => {
    const phone = { kind: 'phone', value: '+61412345678' };
    expect(parseAddress('412345678', 'AU', 'phone')).toEqual(phone);
    const external = { kind: 'external', value: '0412345678' };
    expect(parseAddress('0412345678', 'AU', 'external')).toEqual(external);
  });
});

describe('an email', () => {
  it.each([
    '  C07@Example.COM ',
    'mailto:c07@example.com',
    'MAILTO:C07%40example.com?subject=Hello',
    '<c07@example.com>',
    '<mailto:c07@example.com>',
    "'c07@example.com'",
    '"c07@example.com"',
    '‘c07@example.com’',
    'c07@example.com.',
    'c07@example.com,',
    'c07\u200b@example.com',
    '\ufeffc07@exam\u00adple.com\u200e',
    'c07\u00a0@example.com',
    'c07＠example.com',
    'c07@example。com',
    'Name, N <c07@example.com>',
    '"c07@example.com" <C07@example.com>',
  ])('%j is c07@example.com', (text) =>
    expect(parseAddress(text, 'GB')).toEqual({ kind: 'email', value: 'c07@example.com' }),
  );

  it('has its domain in ASCII, however it is written', () => {
    for (const domain of ['münchen.example', 'MÜNCHEN.example', 'xn--mnchen-3ya.example'])
      expect(parseAddress(`ana@${domain}`, 'GB')?.value).toBe('ana@xn--mnchen-3ya.example');
  });

  it.each([
    '@',
    'a@',
    '@b.c',
    'a@b@c',
    'a b@c.d',
    'Ana a@b.c',
    'a@b..c',
    'a@.b',
    'a@b.c; d@e.f',
    'a@b.c <d@e.f>',
    'Doe, Ann <a@b.c>, Roe, Bob <b@c.d>',
    'a@b/c',
    'a@[127.0.0.1]',
  ])('%j is none', (text) => expect(parseAddress(text, 'GB')).toBeUndefined());
});

describe('a phone', () => {
  it.each([
    ['020 7946 0018', 'GB', '+442079460018'],
    ['+44 (0)20 7946 0018', 'US', '+442079460018'],
    ['0044 20 7946 0018.', 'US', '+442079460018'],
    ['tel:+44-20-7946-0018', 'US', '+442079460018'],
    ['０２０ ７９４６ ００１８', 'GB', '+442079460018'],
    ['020 7946 0018 ext. 12', 'GB', '+442079460018;ext=12'],
    ['020 7946 0018, ext 12', 'GB', '+442079460018;ext=12'],
    ['020 7946 0018x12', 'GB', '+442079460018;ext=12'],
    ['020 7946 0018 #12', 'GB', '+442079460018;ext=12'],
    ['tel:+442079460018;ext=12', 'GB', '+442079460018;ext=12'],
    ['020 7946 0018 ext. 14', 'GB', '+442079460018;ext=14'],
    ['+1 (415) 555-0100', 'AU', '+14155550100'],
    ['0033 1 23 45 67 89', 'FR', '+33123456789'],
    ['07700 900123', 'GB', '+447700900123'],
    ['0115 496 0726', 'GB', '+441154960726'],
  ])('%s in %s is %s', (text, country, e164) => {
    expect(parsePhone(text, country)).toBe(e164);
    expect(parseAddress(`'${text}'`, country, 'phone')?.value).toBe(e164);
  });

  it.each([
    ['0000000000', 'GB'],
    ['000-000-0000', 'US'],
    ['1111111111', 'US'],
    ['1234567890', 'US'],
    ['0123456789', 'GB'],
    ['+44 000 000 0000', 'GB'],
    ['12', 'US'],
    ['hello', 'US'],
    ['call +442079460018', 'GB'],
    ['+442079460018 call me', 'GB'],
    ['1-800-FLOWERS', 'US'],
    ['1.23E+11', 'GB'],
    ['#N/A', 'GB'],
  ])('%s in %s is none', (text, country) => expect(parsePhone(text, country)).toBeUndefined());

  it('of each country of the sample is one that libphonenumber calls valid', () => {
    for (const { phone } of Object.values(countries))
      for (let n = 0; n < 1000; n += 1) expect(parsePhone(phone(n), 'US')).toBe(phone(n));
  });

  it('without a country code asks for the setting that gives it', () => {
    expect(addressError('020 7946 0018', 'US')).toContain('DEFAULT_COUNTRY');
    expect(addressError('+44 000', 'US')).not.toContain('DEFAULT_COUNTRY');
  });
});

describe('an id', () => {
  it.each(['lead-7', '90210', '12e45678', '0b1e+', 'v1.0', '#42', 'Ünï', '5.5', 'N/A-7'])(
    '%s is one',
    (text) => expect(parseAddress(text, 'GB', 'external')?.value).toBe(text),
  );

  it.each([
    ['#N/A', 'spreadsheet'],
    ['#REF!', 'spreadsheet'],
    ['#VALUE!', 'spreadsheet'],
    ['#NAME?', 'spreadsheet'],
    ['#DIV/0!', 'spreadsheet'],
    ['#ERROR!', 'spreadsheet'],
    ['#NV', 'spreadsheet'],
    ['#¡REF!', 'spreadsheet'],
    ['#¿NOMBRE?', 'spreadsheet'],
    ['1.23457E+14', 'as text'],
    ['1,23457E+14', 'as text'],
    ['1e+21', 'as text'],
    ['90210.0', 'write 90210'],
    ['null', 'leave it blank'],
    ['n/a', 'leave it blank'],
    ['-', 'leave it blank'],
  ])('%s is none', (text, why) => {
    expect(parseAddress(text, 'GB', 'external')).toBeUndefined();
    expect(addressError(text, 'GB', 'external')).toContain(why);
    const sale = { contact: 'a@b.c', purchased_at: '2026-02-01', product: 'P', amount: 1 };
    expect(refusedFields('purchases', { ...sale, external_id: text })).toEqual(['external_id']);
  });

  it('is that of a thing without what nobody sees', () => {
    const keyOf = (external_id: string) =>
      observationOf('purchases', { contact: 'a@b.c', observed_at: '2026-02-01', external_id })
        .thing_key;
    expect(keyOf('\u200bp1 ')).toBe(keyOf('p1'));
    expect(keyOf('p2')).not.toBe(keyOf('p1'));
  });
});

describe('a contact row', () => {
  const row = { full_name: 'Ana', observed_at: '2026-02-01' };
  const identitiesOf = (stated: object) =>
    observationOf('contacts', { ...row, ...stated }).identities?.map(({ value }) => value);

  it('has every email and phone of its cells and lists', () => {
    const emails = ['a@b.c', 'd@e.f'];
    for (const email of ['d@e.f; a@b.c', 'd@e.f, a@b.c', 'd@e.f\na@b.c', 'a@b.c d@e.f', emails])
      expect(identitiesOf({ email }), String(email)).toEqual(emails);
    expect(identitiesOf({ phone: '415 555 0101 / 415 555 0100' })).toEqual([
      '+14155550100',
      '+14155550101',
    ]);
    expect(identitiesOf({ email: 'Lee, Ana <a@b.c>' })).toEqual(['a@b.c']);
  });

  it('is refused where one of its emails cannot be read', () => {
    expect(refusedFields('contacts', { ...row, email: 'a@b.c; nobody' })).toEqual(['email']);
  });

  it('loses a phone that cannot be read, and is refused only where that is all it has', () => {
    for (const phone of ['0000000000', 'no phone', '#N/A']) {
      const stated = { ...row, phone, email: 'a@b.c' };
      const parsed = parseRow('contacts', stated, {
        origin: { provider: 'csv' },
        now: Date.parse('2026-03-02'),
        zone: 'UTC',
        defaultCountry: 'US',
      });
      expect(parsed).toMatchObject({
        facts: [{ identities: [{ kind: 'email', value: 'a@b.c' }] }],
        warnings: [{ field: 'phone', message: expect.stringContaining('DEFAULT_COUNTRY') }],
      });
      expect(refusedFields('contacts', { ...row, phone })).toEqual(['phone']);
    }
    expect(identitiesOf({ phone: '415 555 0101; none' })).toEqual(['+14155550101']);
  });
});

describe('what can never be kept', () => {
  it('is refused by the name of its field', () => {
    const known = { email: 'a@b.c', observed_at: '2026-02-01' };
    const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });
    const wrong: [field: string, value: unknown][] = [
      ['external_id', LONG_ID],
      ['external_id', 'x'.repeat(501)],
      ['external_id', { id: 7 }],
      ['email', `${'x'.repeat(500)}@b.c`],
      ['full_name', 'Ana\0'],
      ['full_name', 'Ana\ud800'],
      ['full_name', LONG_ID],
      ['notes', 'x'.repeat(100_001)],
      ['tags', ['Ana\udc00']],
      ['tags', [['a']]],
      ['timezone', 'Mars/Olympus'],
      ['attributes', { note: '\0' }],
      ['attributes', { '\ud800': 1 }],
      ['attributes', deep(21)],
      ['attributes', deep(5000)],
    ];
    for (const [field, value] of wrong)
      expect(refusedFields('contacts', { ...known, [field]: value }), field).toEqual([field]);
    expect(refusedFields('contacts', { ...known, attributes: deep(20) })).toEqual([]);
    expect(refusedFields('contacts', { ...known, timezone: 'Australia/Sydney' })).toEqual([]);
  });

  it('asks for an id beyond 2^53 as text', () => {
    const contacts = () => factOf('contacts', { external_id: LONG_ID });
    expect(contacts).toThrow('external_id: send it as text');
  });

  it('makes no key that is longer than keys are', () => {
    const external_id = 'x'.repeat(500);
    const name = 'a'.repeat(5000);
    const facts = [
      observationOf('contacts', { external_id, observed_at: '2026-02-01' }),
      observationOf('campaigns', { name, observed_at: '2026-02-01' }),
      observationOf('enrolments', { contact: 'a@b.c', campaign: name, observed_at: '2026-02-01' }),
    ];
    for (const { thing_key } of facts) expect(thing_key.length).toBeLessThanOrEqual(500);
  });
});
