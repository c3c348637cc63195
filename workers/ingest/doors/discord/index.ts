/**
 * Discord: callers post leads in a channel and react with an emoji to say how the call went. It is
 * polled with a bot's token.
 */
import { z } from 'zod';
import { SECOND } from '../../../../core/durations.ts';
import { phoneSettings } from '../../../../core/settings.ts';
import { defineDoor } from '../door.ts';
import { channelOf, channels } from './channels.ts';
import { facts } from './facts.ts';
import { type Cursor, nextPage } from './poll.ts';

const VERSION = '/api/v10';

export default defineDoor({
  name: 'discord',
  provider: 'discord',
  secrets: {
    DISCORD_BOT_TOKEN: z.string('the token of your bot').describe('the token of your bot'),
    DISCORD_CHANNELS: channels,
    DISCORD_API_ROOT: z
      .url()
      .default(`https://discord.com${VERSION}`)
      .transform((root) => root.replace(/\/$/, ''))
      .transform((root) => (/\/api\/v\d+$/.test(root) ? root : `${root}${VERSION}`))
      .describe('another address for Discord’s API, for a trial; leave it unset'),
    ...phoneSettings,
  },
  accounts: ({ DISCORD_CHANNELS }) => DISCORD_CHANNELS.map(({ account }) => account),
  poll: {
    cron: '* * * * *',
    // So that an emoji is on the dashboard within the minute (A5).
    again_after_ms: 30 * SECOND,
    // As many as Discord answers for a channel within a few seconds.
    budget: () => 5,
    next: (cursor: Cursor | null, { account, now, requests }, secrets) =>
      nextPage(cursor, channelOf(secrets.DISCORD_CHANNELS, account), secrets.DEFAULT_COUNTRY, {
        requests,
        root: secrets.DISCORD_API_ROOT,
        token: secrets.DISCORD_BOT_TOKEN,
        account,
        now,
      }),
  },
  facts: (event, _, { DISCORD_CHANNELS, DEFAULT_COUNTRY }) =>
    facts(event, channelOf(DISCORD_CHANNELS, event.account), DEFAULT_COUNTRY),
});
