/** One address written in any way is one identity; two are never one (F1). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseAddress } from '../../core/facts/address.ts';

const numRuns = process.env.FULL ? 50_000 : 2_000;

const invisible = fc.constantFrom('', '\u200b', '\u00ad', '\ufeff', '\u2060', '\u200e', '\u202a');
const space = fc.constantFrom('', ' ', '\u00a0', '\u202f', '\u3000');
const wrap = fc.constantFrom<[string, string]>(
  ...([
    ['', ''],
    ['"', '"'],
    ["'", "'"],
    ['‘', '’'],
    ['<', '>'],
    ['«', '»'],
    ['', '.'],
    ['Lee, Ana <', '>'],
  ] as [string, string][]),
);
const cased = (text: string) =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((capitals) =>
      [...text].map((letter, i) => (capitals[i] ? letter.toUpperCase() : letter)).join(''),
    );

const local = fc.stringMatching(/^[a-z0-9][a-z0-9.+_'-]{0,10}[a-z0-9]$/);
const domain = fc.constantFrom(
  'example.org',
  'mail.example.co.uk',
  'münchen.example',
  'бел.example',
);
const email = fc.tuple(local, domain).map(([name, at]) => `${name}@${at}`);

const decoratedEmail = (address: string) =>
  fc
    .tuple(cased(address), fc.constantFrom('', 'mailto:'), wrap, space, invisible, fc.nat(20))
    .map(([text, scheme, [before, after], around, unseen, at]) => {
      const bare = scheme + text;
      return around + before + bare.slice(0, at) + unseen + bare.slice(at) + after + around;
    });

it('holds for emails', () => {
  fc.assert(
    fc.property(
      email.chain((address) => fc.tuple(fc.constant(address), decoratedEmail(address))),
      ([address, decorated]) => {
        expect(parseAddress(decorated, 'US'), decorated).toEqual(parseAddress(address, 'US'));
      },
    ),
    { numRuns },
  );
  fc.assert(
    fc.property(email, email, (one, other) => {
      fc.pre(one !== other);
      expect(parseAddress(one, 'US')).toBeDefined();
      expect(parseAddress(one, 'US')).not.toEqual(parseAddress(other, 'US'));
    }),
    { numRuns },
  );
});

const separator = fc.constantFrom('', ' ', '-', '.', '\u00a0', '–', '‑', ' - ');
/** London numbers kept for fiction, with or without an extension. */
const london = fc.record({ last: fc.nat(999), extension: fc.option(fc.nat(9999)) });
const written = ({ last, extension }: { last: number; extension: number | null }) =>
  fc
    .record({
      start: fc.constantFrom('020', '+44 20', '+4420', '0044 20', '+44 (0)20', 'tel:+44-20'),
      divided: separator,
      before: fc.constantFrom(' ext. ', ' ext ', 'x', ' x', ' #', ';ext=', ', ext '),
      unseen: invisible,
      end: fc.constantFrom('', ' ', '.'),
    })
    .map(({ start, divided, before, unseen, end }) => {
      const number = [start, '7946', String(last).padStart(4, '0')].join(divided);
      return `${unseen}${number}${extension === null ? '' : `${before}${extension}`}${end}`;
    });
const phone = london.chain((number) => fc.tuple(fc.constant(number), written(number)));

it('holds for phones', () => {
  fc.assert(
    fc.property(phone, ([{ last, extension }, text]) => {
      const number = `+442079460${String(last).padStart(3, '0')}`;
      expect(parseAddress(text, 'GB'), text).toEqual({
        kind: 'phone',
        value: extension === null ? number : `${number};ext=${extension}`,
      });
    }),
    { numRuns },
  );
});
