/** Leads out of what people type into a chat (A6). */
import { describe, expect, it } from 'vitest';
import { readLeadMessage } from '../../core/chat/lead-message.ts';
import { readUpdateMessage } from '../../core/chat/update-message.ts';
import { random } from '../views/random-house.ts';

const MOBILE = '+447700900123';
const OTHER = '+441614960456';

/** Each lead as `phone year`, without the year where none can be read. */
const read = (text: string, country = 'GB') =>
  readLeadMessage(text, country).leads.map(({ phone, year_level }) =>
    [phone, year_level].filter(Boolean).join(' '),
  );

describe('a message about leads', () => {
  it.each([
    ['<@9> rang Eve’s dad, 07700 900123, Year 5', `${MOBILE} 5`],
    ['new 👉 +44 7700 900123 - Eve (Y11) <@!9>', `${MOBILE} 11`],
    ['Eve / yr 10 / 07700 900 123 / by <@9>', `${MOBILE} 10`],
    ['<@9>\nName: Eve\nPhone: (07700) 900123\nYear level: 13', `${MOBILE} 13`],
    ['0044 7700 900123, yr.4', `${MOBILE} 4`],
    ['+44 (0)7700 900123 Reception', `${MOBILE} Reception`],
    ['447700900123 Year R', `${MOBILE} Reception`],
    ['7700 900123 nursery', `${MOBILE} Nursery`],
    ['07700-900-123 year five', `${MOBILE} 5`],
    ['07700.900.123 Y-5', `${MOBILE} 5`],
    ['07700900123 5th grade', `${MOBILE} Grade 5`],
    ['📞07700900123🔥 Y7', `${MOBILE} 7`],
    ['**07700 900123** ||Y7||', `${MOBILE} 7`],
    ['0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣', MOBILE],
    ['０７７００ ９００１２３', MOBILE],
    ['O77OO 9OOl23 yr 1O', `${MOBILE} 10`],
    ['Tel07700900123', MOBILE],
    ['07700900123mum', MOBILE],
    ['https://wa.me/447700900123?text=hi Y3', `${MOBILE} 3`],
    ['11 07700 900123', MOBILE],
    ['Y12 07700 900 123', `${MOBILE} 12`],
    ['Eve / yr 12 / 07700 900 123 / by <@9>', `${MOBILE} 12`],
    ['year 2026, 07700 900123', MOBILE],
    ['Year: 07700900123', MOBILE],
    ['on 12/11/2026 at 12:30: 07700 900123', MOBILE],
    [
      '<@1100000000000000001> <#1400000000000000101> 07700 900123 <:yes:140000000000000077>',
      MOBILE,
    ],
  ])('%j', (text, lead) => expect(read(text)).toEqual([lead]));

  it.each([
    ['07700 900123 Y5\n0161 496 0456 Y6', `${MOBILE} 5`, `${OTHER} 6`],
    ['07700900123, 01614960456, both year 9', `${MOBILE} 9`, `${OTHER} 9`],
    ['07700 900123 0161 496 0456', MOBILE, OTHER],
    ['07700900123/01614960456', MOBILE, OTHER],
    ['+447700900123 +44 161 496 0456', MOBILE, OTHER],
    ['07700 900123 Y5 or Y6\n0161 496 0456', `${MOBILE} 5`, OTHER],
    ['07700 900123 = +44 7700 900123 = 07700.900123', MOBILE],
  ])('of several: %j', (text, ...leads) => expect(read(text)).toEqual(leads));

  it('has the numbers of the country that they are written in', () => {
    expect(read('(212) 555-0123 grade 4', 'US')).toEqual(['+12125550123 Grade 4']);
    expect(read('+1 212 555 0123', 'GB')).toEqual(['+12125550123']);
    expect(read('07700 900123', 'US')).toEqual([]);
  });

  it.each([
    'morning all ☀️',
    'lunch 12:30?',
    'this week: 45 calls 💪, 18 trials',
    'invoice 20261104 is paid',
    'year 11 timetable is out, £49',
    'back at 14.45, room 4',
    '<@1100000000000000001> <t:1618953630:R>',
    'https://docs.example/d/07700900123',
  ])('chatter is none: %j', (text) =>
    expect(readLeadMessage(text, 'GB')).toMatchObject({ leads: [], unread: [] }),
  );

  it('says which number it could not read', () => {
    expect(readLeadMessage('<@9> Eve 0770 90012', 'GB').unread).toEqual(['0770 90012']);
    expect(readLeadMessage('Phone: 0770-90012', 'GB').unread).toEqual(['0770-90012']);
    expect(readLeadMessage('07700 900123 and 07700 90012', 'GB')).toMatchObject({
      leads: [{ phone: MOBILE }],
      unread: ['07700 90012'],
    });
  });

  it('names whom it mentions, in its order', () => {
    expect(readLeadMessage('07700 900123 <@!8> or <@9> or <@&7>', 'GB').mentions).toEqual([
      '8',
      '9',
      '7',
    ]);
  });

  it('is read back as it was written, whatever the form', () => {
    const next = random(12);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
    const typo = (digits: string) =>
      next() < 0.2 ? digits.replace(/0/g, () => pick(['0', 'O', 'o'])) : digits;
    for (let n = 0; n < 2000; n += 1) {
      const leads = Array.from({ length: 1 + Math.floor(next() * 3) }, (_, place) => {
        const last = String(100 + place * 300 + Math.floor(next() * 300));
        const [prefix, area, rest] = pick([
          ['0', '7700', `900${last}`],
          ['+44 ', '7700', `900${last}`],
          ['+44', '161', `4960${last}`],
          ['0044 ', '161', `496 0${last}`],
          ['(0', '161) ', `496-0${last}`],
        ] as const);
        const gap = pick(['', ' ', '-', '.']);
        const text = typo(`${prefix}${area}${area.endsWith(' ') ? '' : gap}${rest}`);
        const year = 1 + Math.floor(next() * 13);
        const level = pick(['Y', 'yr ', 'Year ', 'year level: ', 'Yr. ']) + year;
        return {
          line: pick([`${text} ${level}`, `${level}, ${text}`, `Eve (${level}) 👉 ${text}`]),
          lead: { phone: `+44${(area + rest).replace(/\D/g, '')}`, year_level: String(year) },
        };
      });
      const content = ['<@9>', ...leads.map(({ line }) => line)].join(pick(['\n', '; ', ' | ']));
      expect({ content, ...readLeadMessage(content, 'GB') }).toEqual({
        content,
        leads: leads.map(({ lead }) => lead),
        mentions: ['9'],
        unread: [],
      });
    }
  });
});

describe('a message that a program posts', () => {
  const types = ['Free Trial'];
  it.each([
    ['Free Trial\nName: Eve\nPhone: 07700 900123\nEmail: eve@x.test', MOBILE],
    ['🎉 **FREE TRIAL**: Eve\n07700 900123', MOBILE],
    ['free-trial — Eve\nEmail: Eve@X.test', 'eve@x.test'],
    ['Free Trial\nName: Eve', null],
    ['Free Trials of this week\nPhone: 07700 900123', undefined],
    ['New Payment\nFree Trial\nPhone: 07700 900123', undefined],
    ['', undefined],
  ])('%j', (text, address) => expect(readUpdateMessage(text, types, 'GB')).toBe(address));
});
