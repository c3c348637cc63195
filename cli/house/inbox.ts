/**
 * Messages that the house has acknowledged but not landed yet (F3). They land before the house
 * opens again, and before it closes.
 */
import type { Backlog } from '../../warehouse/write/inbox.ts';
import type { HouseCall } from './call.ts';

const LOOK_MS = 250;
/**
 * Checks without progress after which the queue must have lost its messages, and after which they
 * are left for the next start.
 */
const LOST_AFTER = 40;
const GIVE_UP_AFTER = 240;
const WATCH_MS = 15_000;

type Say = (line: string) => void;

/**
 * Uses a request: the runtime's bindings would block this process, which may have to read the
 * runtime's log lines.
 */
async function ask(call: HouseCall, verb?: 'open' | 'close' | 'offer'): Promise<Backlog> {
  const answer = verb
    ? await call(`/import/inbox/${verb}`, { method: 'POST' })
    : await call('/import/inbox');
  return (await answer.json()) as Backlog;
}

/** Waits until the inbox is empty. */
async function drain(call: HouseCall, say: Say): Promise<void> {
  let { oldest, messages } = await ask(call);
  for (let still = 0; oldest !== null && still < GIVE_UP_AFTER; ) {
    await new Promise((done) => setTimeout(done, LOOK_MS));
    const now = await ask(call, still > 0 && still % LOST_AFTER === 0 ? 'offer' : undefined);
    still = now.oldest === oldest ? still + 1 : 0;
    ({ oldest, messages } = now);
  }
  if (messages > 0) say(`${messages} messages wait in the inbox; they land at the next start`);
}

/** Opens the inbox and lands what was left in it, however the house last stopped. */
export async function openDoors(call: HouseCall, say: Say): Promise<void> {
  const { messages } = await ask(call, 'open');
  if (messages === 0) return;
  say(`landing ${messages} messages that the house acknowledged before it was stopped`);
  await ask(call, 'offer');
  await drain(call, say);
}

/** Refuses new messages and lands the rest. */
export async function closeDoors(call: HouseCall, say: Say): Promise<void> {
  try {
    await ask(call, 'close');
    await drain(call, say);
  } catch {
    say('the runtime ended first; its messages land at the next start');
  }
}

/**
 * Puts messages back on the queue if it lost them, because workerd crashed and restarted; until the
 * returned function is called.
 */
export function watchInbox(call: HouseCall, say: Say): () => void {
  let before: number | null = null;
  const look = async () => {
    const { oldest } = await ask(call);
    if (oldest !== null && oldest === before) await ask(call, 'offer');
    before = oldest;
  };
  const timer = setInterval(
    () => look().catch((error: Error) => say(`the inbox cannot be read: ${error.message}`)),
    WATCH_MS,
  );
  return () => clearInterval(timer);
}
