/** Whose turn it is to be asked for: new leads, then those that were asked for longest ago (A1). */
import { contactsWithPhone } from '../../../../warehouse/people/with-phone.ts';

export type Turn = {
  /** The last contact that had its first turn: contacts get ascending ids. */
  newest: number;
  /** The last contact that had another turn; turns go by id, so the next one waits longest. */
  latest: number;
  /** Phones that are still to be asked for. */
  due: string[];
};

/** The phones of the next `most` leads. */
export async function leadsInTurn(db: D1Database, turn: Turn, most: number): Promise<Turn> {
  const { newest, latest } = turn;
  const found = await contactsWithPhone(db, { after: newest, most });
  const added = found.at(-1)?.contact_id ?? newest;
  let last = latest;
  for (const [after, to] of [[latest, newest] as const, [0, latest] as const]) {
    if (found.length === most) break;
    const again = await contactsWithPhone(db, { after, to, most: most - found.length });
    found.push(...again);
    last = again.at(-1)?.contact_id ?? last;
  }
  return { newest: added, latest: last, due: found.flatMap(({ phones }) => phones) };
}
