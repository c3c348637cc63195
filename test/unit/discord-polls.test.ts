/** How Discord is asked: few requests, refusals with their fix, and no message lost (A5, V11). */
import { describe, expect, it } from 'vitest';
import { HOUR } from '../../core/durations.ts';
import { readPolls } from '../../warehouse/polls.ts';
import { discordHouse, LEADS, NOW, UPDATES } from './discord-house.ts';

const test = discordHouse();
const post = (content: string, more = {}) => test.guild.post(LEADS, NOW, content, more);

describe('a poll', () => {
  const failures = async () =>
    (await readPolls(test.house.db)).map(({ failure }) => failure).filter((failure) => failure);

  it('costs one request and tells nothing where nothing changed', async () => {
    post('07700 900123', { reactions: ['👍'] });
    await test.poll(1);
    test.guild.asked.length = 0;
    const [leadsReport] = await test.poll(2);
    expect(leadsReport).toMatchObject({ events: 0, is_idle: true });
    expect(test.guild.asked).toEqual([
      `/api/v10/channels/${LEADS}/messages`,
      // Empty: whether it is, or only seems to be, the channel itself says.
      `/api/v10/channels/${UPDATES}/messages`,
      `/api/v10/channels/${UPDATES}`,
    ]);
  });

  it('that is refused names the fix, and takes nothing back', async () => {
    post('07700 900123', { reactions: ['👍'] });
    await test.poll(1);
    test.guild.allow(LEADS, 'no view');
    await test.poll(2);
    expect(await failures()).toEqual([expect.stringContaining('View Channel')]);
    test.guild.allow(LEADS, 'no history');
    await test.poll(3);
    expect(await failures()).toEqual([expect.stringContaining('Read Message History')]);
    test.guild.allow(LEADS, 'ok');
    test.guild.showContent(false);
    await test.poll(4);
    expect(await failures()).toEqual([expect.stringContaining('Message Content Intent')]);
    test.guild.showContent(true);
    await test.poll(5);
    expect(await failures()).toEqual([]);
    test.guild.channels.delete(LEADS);
    await test.poll(6);
    expect(await failures()).toEqual([expect.stringContaining('its id in DISCORD_CHANNELS')]);
    expect(await test.attempts()).toHaveLength(1);
  });

  it('leaves Discord alone for a while after a wrong token, for that way lies a ban', async () => {
    const wrong = { DISCORD_BOT_TOKEN: 'wrong' };
    await test.poll(1, wrong);
    const asked = test.guild.asked.length;
    await test.poll(2, wrong);
    expect(test.guild.asked).toHaveLength(asked);
    expect((await failures())[0]).toContain('DISCORD_BOT_TOKEN');
    expect(await test.poll(12)).toMatchObject([{ failure: null }, { failure: null }]);
  });

  it('killed at every step and repeated loses and doubles nothing (V11)', async () => {
    for (let n = 0; n < 230; n += 1)
      test.guild.post(LEADS, NOW - HOUR + n, `0161 496 0${String(n).padStart(3, '0')}`, {
        reactions: ['👍'],
      });
    const prepare = test.house.db.prepare.bind(test.house.db);
    for (let kills = 0; kills < 3; kills += 1) {
      let kept = 0;
      test.house.db.prepare = (sql: string) => {
        if (/into "?polls/.test(sql) && kept++ === kills % 2) throw new Error('killed');
        return prepare(sql);
      };
      await expect(test.poll(kills + 1)).rejects.toThrow('killed');
    }
    test.house.db.prepare = prepare;
    await Promise.all([test.poll(4), test.poll(4)]);
    await test.poll(5);
    expect(
      await test.rows('select count(*) as n, count(distinct contact_id) as leads from stg_calls'),
    ).toEqual([{ n: 230, leads: 230 }]);
  });
});
