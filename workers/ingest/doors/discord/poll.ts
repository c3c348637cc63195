/**
 * One page of a channel: new messages, and what changed on those of the last 24 hours (A5). Discord
 * tells no changes and of emoji only how many there are, so the house lists the same messages again
 * and again and remembers in a few bytes how it saw each of them.
 */
import { outcomeOf } from '../../../../core/chat/outcomes.ts';
import { DAY } from '../../../../core/durations.ts';
import { Fault } from '../../../../core/faults.ts';
import { hash } from '../../../../core/hash.ts';
import { parseInstant } from '../../../../core/written-instant.ts';
import type { DoorEvent, PollStep } from '../door.ts';
import type { Channel } from './channels.ts';
import { isEmpty, isWritten, type Message, textOf } from './payload.ts';
import {
  type Discord,
  isThere,
  lastMessageOf,
  messagesAfter,
  noHistory,
  PER_PAGE,
} from './requests.ts';
import { type Sighting, subjectsOf } from './sighting.ts';
import { compareIds, idBefore } from './snowflake.ts';

const LOOKBACK = DAY;

/** How a message was last seen: the hash of its text, its outcome, whom it was about. */
type Seen = [text: string, outcome: string | null, addresses: string[]];

export type Cursor = {
  /** Where the round under way goes on; null between rounds. */
  after: string | null;
  /** The newest message that was ever seen. */
  newest: string | null;
  /** Of the last 24 hours. */
  seen: Record<string, Seen>;
};

/**
 * Reads the next page of a round, which begins 24 hours back, or at the newest message seen where
 * that is older, and ends at the present.
 */
export async function nextPage(
  cursor: Cursor | null,
  channel: Channel,
  country: string,
  discord: Discord,
): Promise<PollStep<Cursor>> {
  const { now } = discord;
  const horizon = idBefore(now - LOOKBACK);
  const known = cursor ?? { after: null, newest: null, seen: {} };
  const beginning = known.newest ?? idBefore(channel.since ?? 0);
  const after = known.after ?? smaller(horizon, beginning);
  const page = await messagesAfter(discord, channel.id, after);
  if (page.length === 0) await confirmEmpty(discord, channel, after);
  refuseEmptied(page, channel);
  const isLast = page.length < PER_PAGE;
  const newest = page.at(-1)?.id;
  const { seen, events } = compare(page, known.seen, channel, country, now);
  const isCovered = (id: string) =>
    compareIds(id, after) > 0 && (isLast || compareIds(id, newest!) <= 0);
  const present = new Set(page.map(({ id }) => id));
  const gone = Object.entries(known.seen).filter(([id]) => isCovered(id) && !present.has(id));
  for (const [id, [, , former]] of gone) {
    delete seen[id];
    events.push(eventOf(channel, { ...nothing(id, now), former, is_gone: true }));
  }
  return {
    events,
    cursor: {
      after: isLast ? null : newest!,
      newest: newest && compareIds(newest, beginning) > 0 ? newest : beginning,
      seen: Object.fromEntries(Object.entries(seen).filter(([id]) => compareIds(id, horizon) > 0)),
    },
    isIdle: isLast,
  };
}

/** The messages of a page that are not as they were, as events. */
function compare(
  page: Message[],
  known: Cursor['seen'],
  channel: Channel,
  country: string,
  now: number,
) {
  const seen = { ...known };
  const events: DoorEvent[] = [];
  for (const message of page.filter(isWritten)) {
    const [formerText, formerOutcome, former] = known[message.id] ?? [null, null, []];
    const { addresses, unread } = subjectsOf(channel, textOf(message), country);
    if (addresses.length + former.length + unread.length === 0) continue;
    const sighting = {
      ...nothing(message.id, now),
      text: textOf(message),
      mentions: message.mentions,
      edited_at: parseInstant(message.edited_timestamp ?? '', 'UTC') ?? null,
      outcome: outcomeOf(emojiOn(message), channel.emoji),
      former,
    };
    const text = hash(`${sighting.edited_at} ${sighting.text}`).slice(0, 12);
    seen[message.id] = [text, sighting.outcome, addresses];
    const isChanged = text !== formerText || sighting.outcome !== formerOutcome;
    if (isChanged && addresses.length + former.length > 0) events.push(eventOf(channel, sighting));
    if (text !== formerText && unread.length > 0)
      events.push(eventOf(channel, { ...sighting, is_unread: true }));
  }
  return { seen, events };
}

/** Unicode emoji; one that the server made means nothing (A5). */
const emojiOn = ({ reactions }: Message): string[] =>
  reactions.flatMap(({ count, emoji }) => (count > 0 && !emoji.id && emoji.name) || []);

const nothing = (id: string, now: number): Sighting => ({
  id,
  text: '',
  mentions: [],
  edited_at: null,
  outcome: null,
  seen_at: now,
  former: [],
  is_gone: false,
  is_unread: false,
});

const eventOf = ({ account }: Channel, sighting: Sighting): DoorEvent => ({
  id: `${sighting.id}@${sighting.seen_at}${sighting.is_unread ? ' unread' : ''}`,
  account,
  body: JSON.stringify(sighting),
});

const smaller = (a: string, b: string): string => (compareIds(a, b) < 0 ? a : b);

/**
 * Without Read Message History the list is empty as well, and nothing was deleted. Throws
 * `source_refused` then.
 */
async function confirmEmpty(discord: Discord, channel: Channel, after: string): Promise<void> {
  const last = await lastMessageOf(discord, channel.id);
  if (last === null || compareIds(last, after) <= 0) return;
  if (await isThere(discord, channel.id, last)) throw noHistory(channel.account);
}

/** Throws `source_refused` where the bot sees that there are messages, and not what they say. */
function refuseEmptied(page: Message[], { account }: Channel): void {
  const written = page.filter(isWritten);
  const isHidden = (one: Message) => isEmpty(one) || one.mentions.some(({ bot }) => bot);
  if (!written.some(isEmpty) || !written.every(isHidden)) return;
  throw new Fault(
    'source_refused',
    `Discord shows the messages of the channel ${account} without their text: switch on ` +
      'Message Content Intent for the bot (Developer Portal, Bot)',
  );
}
