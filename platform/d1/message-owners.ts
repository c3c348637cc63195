/** Whose a message is: whom it was sent to, else who answered it; of several the smallest address, whichever landed first (F2, G6). */
import { type Address, addressText } from '../../core/facts/address.ts';
import type { EmailEvent, Fact } from '../../core/facts/fact.ts';

type Stored = {
  message_id: string;
  contact_id: number;
  recipient: string | null;
  answered_by: string | null;
};

export type MessageOwner = {
  /** The addresses that decide, as texts; `answered_by` only while no recipient is known. */
  recipient: string | null;
  answered_by: string | null;
  /** Whose it is as stored: null where the house does not know the message yet. */
  contact_id: number | null;
  /** Whose it is from now on, where these facts tell of a smaller address. */
  told?: Address;
};

/** An owner for each message that the facts name. */
export async function messageOwners(
  db: D1Database,
  facts: Fact[],
): Promise<Map<string, MessageOwner>> {
  const events = facts
    .filter((fact) => fact.kind === 'email_event')
    .filter(({ message_id }) => message_id !== null);
  const byMessage = Map.groupBy(events, ({ message_id }) => message_id!);
  const stored = new Map(
    (await storedMessages(db, [...byMessage.keys()])).map((row) => [row.message_id, row]),
  );
  return new Map([...byMessage].map(([id, told]) => [id, ownerOf(told, stored.get(id))]));
}

function ownerOf(events: EmailEvent[], stored: Stored | undefined): MessageOwner {
  const smallest = (isReply: boolean): Address | undefined =>
    events
      .filter(({ event_type }) => (event_type === 'replied') === isReply)
      .map(({ contact }) => contact)
      .sort((a, b) => (addressText(a) < addressText(b) ? -1 : 1))[0];
  const known = { contact_id: stored?.contact_id ?? null, recipient: stored?.recipient ?? null };
  const answered_by = stored?.answered_by ?? null;
  const sentTo = smallest(false);
  if (isSmaller(sentTo, known.recipient))
    return { ...known, answered_by, recipient: addressText(sentTo), told: sentTo };
  const sender = smallest(true);
  if (known.recipient !== null || !isSmaller(sender, answered_by)) return { ...known, answered_by };
  return { ...known, answered_by: addressText(sender), told: sender };
}

const isSmaller = (address: Address | undefined, known: string | null): address is Address =>
  address !== undefined && (known === null || addressText(address) < known);

async function storedMessages(db: D1Database, message_ids: string[]): Promise<Stored[]> {
  if (message_ids.length === 0) return [];
  const { results } = await db
    .prepare(
      `select message_id, contact_id, recipient, answered_by from email_messages
       where message_id in (select value from json_each(?))`,
    )
    .bind(JSON.stringify(message_ids))
    .all<Stored>();
  return results;
}
