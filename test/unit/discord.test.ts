/** What Discord's messages and emoji become (A5, A6, R6). */
import { describe, expect, it } from 'vitest';
import { factsConfig } from '../../core/config.ts';
import { DAY, MINUTE } from '../../core/durations.ts';
import { parseRow } from '../../core/facts/parse.ts';
import { landFacts } from '../../warehouse/land-facts.ts';
import { discordHouse, LEADS, minuteOf, NOW, PHONE, UPDATES } from './discord-house.ts';

const test = discordHouse();
const ana = { id: '7', username: 'ana', global_name: 'Ana' };
const bo = { id: '8', username: 'bo', global_name: null };
const quarantined = async () =>
  (await test.house.db.prepare('select reason from dead_events order by reason').all()).results;

const post = (content: string, more = {}) =>
  test.guild.post(LEADS, NOW, content, { mentions: [ana, bo], ...more });

describe('a message about a lead', () => {
  it('makes contact, caller, year level and outcome in one pass', async () => {
    post('<@7> WhatsApp with Eve, 07700 900 123, Y5', { reactions: ['👍🏽'] });
    await test.poll(1);
    expect(await test.leads()).toEqual([
      { value: PHONE, lead_type: 'whatsapp', year_level: '5', lead_added_at: NOW },
    ]);
    expect(await test.attempts()).toEqual([[PHONE, 'connected', 'ana-silva', 1]]);
    expect(await test.rows('select bucket, precision_s from int_speed_to_lead')).toEqual([
      { bucket: 'whatsapp_only', precision_s: 60 },
    ]);
  });

  it('may name several leads, each with its year level and a call of its own', async () => {
    post('<@8>\n07700 900123 Y5\n+44 7700 900456 Y6', { reactions: ['✌️'] });
    await test.poll(1);
    expect((await test.leads()).map(({ year_level }) => year_level)).toEqual(['5', '6']);
    expect(await test.attempts()).toEqual([
      [PHONE, 'voicemail', 'bo', 1],
      ['+447700900456', 'voicemail', 'bo', 1],
    ]);
  });

  it('is about the person whom a file named by the same phone', async () => {
    const row = {
      email: 'eve@x.test',
      phone: PHONE,
      lead_type: 'ebook',
      lead_added_at: '2026-05-01',
    };
    const parsed = parseRow('contacts', row, {
      origin: { provider: 'csv' },
      now: NOW,
      zone: 'UTC',
      defaultCountry: 'GB',
      currency: undefined,
    });
    if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors));
    await landFacts(test.house.db, parsed.facts, factsConfig(test.envAt(0)));
    post('Eve 07700900123 yr 9', { reactions: ['🅱️'] });
    await test.poll(1);
    expect(await test.leads()).toEqual([
      { value: PHONE, lead_type: 'ebook', year_level: '9', lead_added_at: Date.UTC(2026, 4, 1) },
    ]);
  });

  it('waits in quarantine where its number cannot be read; chatter makes no lead', async () => {
    post('<@7> Eve 0770 90012');
    post('lunch 12:30?', { reactions: ['👍'] });
    post('invoice 20261104 is paid');
    post('Ana joined 07700 900123', { type: 7 });
    await test.poll(1);
    await test.poll(2);
    expect(await test.leads()).toEqual([]);
    expect(await quarantined()).toEqual([{ reason: expect.stringContaining('0770 90012') }]);
  });
});

describe('an outcome (A5)', () => {
  /** The emoji at each of the first minutes, and what the house then says of the call. */
  const stories: Record<string, [expected: string, ...sightings: string[][]]> = {
    'the strongest there': ['connected 1', ['🇻', '👍', '❌']],
    'from the first seen, though weaker': ['connected 1', ['🇻'], ['🇻', '👍']],
    'from the first seen, though no longer there': ['connected 1', ['🇻'], [], ['👍']],
    'the weaker one that stayed': ['voicemail 1', ['👍', '🇻'], ['🇻']],
    'a booking from the first sight of B': ['booked 1 B 2', ['👍'], ['👍', '🇧'], ['🇧']],
    'no booking without its B': ['connected 1', ['🇧'], ['👍']],
    'no attempt once all are taken back': ['never_called', ['👍'], []],
    'a skip': ['deliberately_skipped', ['❌']],
    'a skip, then a call': ['connected 2', ['🇽'], ['🇽', '👍']],
    'a call taken back for a skip': ['deliberately_skipped', ['👍'], ['❌']],
    'nothing of other emoji and the server’s own': ['never_called', ['🎉', 'thumbsup:99']],
  };

  it('is the strongest there now, from the first moment that any of them was seen', async () => {
    const messages = Object.values(stories).map(([, ...sightings], n) => ({
      message: test.guild.post(LEADS, NOW, `0161 496 00${n + 10}`),
      sightings,
    }));
    for (let minute = 1; minute <= 3; minute += 1) {
      for (const { message, sightings } of messages)
        message.reactions = sightings[minute - 1] ?? message.reactions;
      await test.poll(minute);
    }
    const told = await test.rows(`
      select bucket, attempt.class, attempted_at, int_bookings.booked_at
      from int_speed_to_lead as lead
      left join (select contact_id as id, class from int_call_attempts) as attempt
        on attempt.id = lead.contact_id
      left join int_bookings on int_bookings.contact_id = lead.contact_id
      join (select contact_id as id, value from identities) as identity
        on identity.id = lead.contact_id
      order by value`);
    expect(
      told.map(({ bucket, class: name, attempted_at, booked_at }) =>
        [
          name === null ? bucket : `${name} ${minuteOf(attempted_at)}`,
          booked_at === null ? '' : ` B ${minuteOf(booked_at)}`,
        ].join(''),
      ),
    ).toEqual(Object.values(stories).map(([expected]) => expected));
  });

  it('moves with a corrected number, and nothing of it stays', async () => {
    const message = post('<@7> 07700 900124 Y5', { reactions: ['👍'] });
    await test.poll(1);
    test.guild.edit(message, NOW + 2 * MINUTE, '<@7> 07700 900123 Y5');
    await test.poll(3);
    expect(await test.leads()).toMatchObject([{ value: PHONE, lead_added_at: NOW }]);
    expect(await test.attempts()).toEqual([[PHONE, 'connected', 'ana-silva', 1]]);
    test.guild.edit(message, NOW + 4 * MINUTE, 'nobody');
    await test.poll(5);
    expect([await test.leads(), await test.attempts()]).toEqual([[], []]);
    test.guild.edit(message, NOW + 6 * MINUTE, '<@7> 07700 900124 Y6, 07700 900123 Y7');
    await test.poll(7);
    expect((await test.attempts()).map(([who]) => who)).toEqual(['+447700900124', PHONE]);
    expect(await test.leads()).toMatchObject([{ year_level: '7' }, { year_level: '6' }]);
  });

  it('goes with its message; the lead stays', async () => {
    const message = post('07700 900123', { reactions: ['👍'] });
    post('hello');
    await test.poll(1);
    test.guild.remove(LEADS, message);
    await test.poll(2);
    expect(await test.attempts()).toEqual([]);
    expect(await test.leads()).toHaveLength(1);
  });

  it('is followed for 24 hours, and a message that came later is never missed', async () => {
    const message = post('07700 900123', { reactions: ['👍'] });
    await test.poll(1);
    message.reactions = [];
    await test.poll(24 * 60 + 1);
    expect(await test.attempts()).toHaveLength(1);
    test.guild.post(LEADS, NOW + 2 * DAY, '07700 900456', { reactions: ['👍'] });
    await test.poll(5 * 24 * 60);
    expect(await test.rows('select count(*) as n from int_call_attempts')).toEqual([{ n: 2 }]);
  });
});

describe('an update of a program (R6)', () => {
  const update = (content: string, more = {}) => test.guild.post(UPDATES, NOW, content, more);
  const statuses = () =>
    test.house.db
      .prepare(`select trial_followup_status as status, lead_added_at from contacts
        where trial_followup_status is not null`)
      .all()
      .then(({ results }) => results);

  it('states how a free trial was followed up, and makes neither lead nor attempt', async () => {
    update('', {
      embeds: [{ title: 'Free Trial', fields: [{ name: 'Phone', value: '07700 900123' }] }],
      reactions: ['👍'],
    });
    const second = update('Free Trial\nName: Al\nEmail: al@x.test', { reactions: ['❌'] });
    update('New Payment\nPhone: 07700 900456', { reactions: ['👍'] });
    await test.poll(1);
    expect((await statuses()).map(({ status }) => status).sort()).toEqual(['connected', 'no_call']);
    expect([await test.leads(), await test.attempts()]).toEqual([[], []]);
    second.reactions = [];
    await test.poll(2);
    expect(await statuses()).toEqual([{ status: 'connected', lead_added_at: null }]);
  });
});
