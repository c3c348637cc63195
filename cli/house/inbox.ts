/** What the house acknowledged and has not landed yet (F3): it lands before the house opens again, and before it closes. */
import type { Backlog } from '../../warehouse/write/inbox.ts';
import type { HouseCall } from './call.ts';

const LOOK_MS = 250;
/** Looks without a move after which the queue must have lost its messages, and after which they are left for the next time. */
const LOST_AFTER = 40;
const GIVE_UP_AFTER = 240;
const WATCH_MS = 15_000;

type Say = (line: string) => void;

/** Asked by a request: the runtime's own bindings block this process while it may have log lines of the runtime to read. */
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
  if (messages > 0)
    say(`${messages} messages wait in the inbox; they land when the house opens next`);
}

/** Opens the inbox and lands what was left in it, however the house before ended. */
export async function openDoors(call: HouseCall, say: Say): Promise<void> {
  const { messages } = await ask(call, 'open');
  if (messages === 0) return;
  say(`landing ${messages} messages that the house took before it was stopped`);
  await ask(call, 'offer');
  await drain(call, say);
}

/** Refuses what comes in from now on, and lands the rest. */
export async function closeDoors(call: HouseCall, say: Say): Promise<void> {
  try {
    await ask(call, 'close');
    await drain(call, say);
  } catch {
    say('the runtime ended first; what it took lands when the house opens next');
  }
}

/** Until the returned function is called, puts back on the queue what it lost: workerd crashed and was started again. */
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
