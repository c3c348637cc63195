/** What the house asks Discord, and what a refusal means, with its fix. */
import { setTimeout } from 'node:timers/promises';
import { MINUTE, SECOND } from '../../../../core/durations.ts';
import { Fault } from '../../../../core/faults.ts';
import type { Found, Refusal, Requests } from '../../polls/requests.ts';
import { read } from '../json.ts';
import { channelPayload, type Message, message } from './payload.ts';

export const PER_PAGE = 100;

/** Discord refuses requests without one, and wants it in this form. */
const USER_AGENT = 'DiscordBot (https://signalhouse.example, 1)';

/** Discord bans an address that asks 10,000 times in ten minutes with a wrong token. */
const BEFORE_NEXT_TRY = 10 * MINUTE;
/** A bucket that is used up fills again within seconds; a longer wait is left to the next run. */
const LONGEST_PAUSE = 10 * SECOND;

export type Discord = {
  requests: Requests;
  root: string;
  token: string;
  /** What the channel is called. */
  account: string;
  /** UTC ms. */
  now: number;
};

/** The messages of a channel after an id, the oldest first; at most `PER_PAGE`. */
export async function messagesAfter(
  discord: Discord,
  channel: string,
  after: string,
): Promise<Message[]> {
  const path = `/channels/${channel}/messages?limit=${PER_PAGE}&after=${after}`;
  const { body, headers } = await get(discord, path);
  const page = read(message.array(), body).reverse();
  if (page.length === PER_PAGE) await refill(headers);
  return page;
}

/** The id of the last message of a channel, whether or not that was deleted since. */
export async function lastMessageOf(discord: Discord, channel: string): Promise<string | null> {
  const { body } = await get(discord, `/channels/${channel}`);
  return read(channelPayload, body).last_message_id ?? null;
}

/** Whether a message is there. */
export async function isThere(discord: Discord, channel: string, id: string): Promise<boolean> {
  try {
    await get(discord, `/channels/${channel}/messages/${id}`);
    return true;
  } catch (error) {
    if (error instanceof Fault && codeOf(error) === UNKNOWN_MESSAGE) return false;
    throw error;
  }
}

async function get(discord: Discord, path: string): Promise<Found> {
  const { requests, root, token } = discord;
  try {
    return await requests.get(new URL(`${root}${path}`), {
      authorization: `Bot ${token}`,
      'user-agent': USER_AGENT,
    });
  } catch (error) {
    throw error instanceof Fault ? inPlainWords(error, discord) : error;
  }
}

const UNKNOWN_CHANNEL = 10003;
const UNKNOWN_MESSAGE = 10008;
const MISSING_ACCESS = 50001;
const MISSING_PERMISSIONS = 50013;

const codeOf = ({ details }: Fault): unknown =>
  (details.body as { code?: unknown } | null | undefined)?.code;

function inPlainWords(fault: Fault, { account, now }: Discord): Fault {
  const { status } = fault.details as unknown as Refusal;
  const refused = (message: string, wait_until?: number) =>
    new Fault('source_refused', message, {
      ...fault.details,
      cause: fault,
      ...(wait_until !== undefined && { wait_until }),
    });
  if (status === 401)
    return refused(
      'Discord does not know this bot token: set DISCORD_BOT_TOKEN anew ' +
        '(Developer Portal, Bot, Reset Token); the house asks again after ten minutes',
      now + BEFORE_NEXT_TRY,
    );
  switch (codeOf(fault)) {
    case MISSING_ACCESS:
      return refused(
        `the bot cannot see the channel ${account}: invite it to the server and give it ` +
          'View Channel and Read Message History there',
      );
    case MISSING_PERMISSIONS:
      return noHistory(account);
    case UNKNOWN_CHANNEL:
      return refused(
        `the channel ${account} is gone from Discord: correct its id in DISCORD_CHANNELS, ` +
          'or take it out',
      );
    default:
      return fault;
  }
}

export const noHistory = (account: string): Fault =>
  new Fault(
    'source_refused',
    `the bot may not read the messages of the channel ${account}: give it ` +
      'Read Message History there',
  );

/** Waits for the bucket to fill where the last request emptied it: a 429 counts towards a ban. */
async function refill(headers: Headers): Promise<void> {
  if (headers.get('x-ratelimit-remaining') !== '0') return;
  const seconds = Number(headers.get('x-ratelimit-reset-after'));
  await setTimeout(Math.min(seconds * SECOND || 0, LONGEST_PAUSE));
}
