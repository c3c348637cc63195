/** Which facts hold two people together: what an undone merge takes apart again (P2). */
import { type Address, addressText } from '../../core/facts/address.ts';

/** Of a known address: whose it is, and whose it was before merges moved it. */
export type Held = { contact_id: number; merged_from: number | null };

/** Two contacts that one fact names, each as the contact that its address was first given to. */
export type Link = { from_id: number; into_id: number };

type Whose = { contact: number; origin: number };

/**
 * Whose each address is. A new one is whose the first known address beside it is; one that stands
 * beside none has no entry.
 */
function ownersOf(sets: Address[][], known: ReadonlyMap<string, Held>): Map<string, Whose> {
  const owners = new Map<string, Whose>();
  for (const [text, { contact_id: contact, merged_from }] of known)
    owners.set(text, { contact, origin: merged_from ?? contact });
  for (const texts of sets.map((set) => set.map(addressText))) {
    const first = texts.map((text) => owners.get(text)).find(Boolean);
    if (first) for (const text of texts) if (!owners.has(text)) owners.set(text, first);
  }
  return owners;
}

/** For whom a fact of an address text is stated: the contact before merges moved it. */
export const originsOf = (
  sets: Address[][],
  known: ReadonlyMap<string, Held>,
): Map<string, number> =>
  new Map([...ownersOf(sets, known)].map(([text, { origin }]) => [text, origin]));

/**
 * What holds each of `losers` to the survivor, or to another loser that is held: one link each, so
 * that taking away one of them leaves two groups.
 */
export function linksOf(
  survivor: number,
  losers: number[],
  sets: Address[][],
  known: ReadonlyMap<string, Held>,
): Map<number, Link> {
  const owners = ownersOf(sets, known);
  const found = new Map<number, Link>();
  const pairs = sets.flatMap((set) => {
    const [first, ...others] = set.flatMap((address) => owners.get(addressText(address)) ?? []);
    return others.flatMap((other) =>
      first && other.contact !== first.contact ? [[first, other] as const] : [],
    );
  });
  const held = new Set([survivor]);
  for (let before = 0; before < held.size; ) {
    before = held.size;
    for (const [one, other] of pairs)
      for (const [near, far] of [
        [one, other],
        [other, one],
      ] as const) {
        if (!held.has(near.contact) || held.has(far.contact)) continue;
        if (!losers.includes(far.contact)) continue;
        held.add(far.contact);
        found.set(far.contact, { from_id: far.origin, into_id: near.origin });
      }
  }
  for (const loser of losers)
    if (!found.has(loser)) found.set(loser, { from_id: loser, into_id: survivor });
  return found;
}
