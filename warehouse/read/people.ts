/** The search for people: one page of them, best score first. */
import type { ListedPerson, PeoplePage, PeopleSearch } from '../../core/pages/people.ts';
import { readHouse } from '../house.ts';
import { firstAddress } from '../people/first-address.ts';

const PAGE = 50;

/**
 * ?1 is the text as a like pattern or null, ?2 a status or null, ?3 a stage or null, ?4 the digits
 * of the text as a pattern or null.
 */
const MATCHING = `
  from contact_summary join contacts on contacts.contact_id = contact_summary.contact_id
  where (?2 is null or lead_status = ?2) and (?3 is null or sales_stage = ?3)
    and (?1 is null or full_name like ?1 escape '\\' or company like ?1 escape '\\' or exists (
      select 1 from identities where identities.contact_id = contacts.contact_id
        and (value like ?1 escape '\\'
          or (kind = 'phone' and ?4 is not null and value like ?4))))`;

const ROWS = `
  select contact_key, full_name, company, ${firstAddress('contacts.contact_id')} as address,
    lead_status, sales_stage, vip, unsubscribed, score_milli, emails_sent, attempts,
    last_activity_at
  ${MATCHING} order by score_milli desc, contact_key limit ${PAGE} offset ?5`;

/** D1 takes a pattern of at most so many bytes. */
const MOST_PATTERN_BYTES = 50;

/** A pattern that finds the beginning of `text`, as much of it as D1 takes, anywhere. */
function anywhere(text: string): string {
  let pattern = '%';
  let bytes = 2;
  for (const character of text.toWellFormed().replaceAll('\0', '')) {
    const escaped = character.replace(/[\\%_]/, '\\$&');
    bytes += new TextEncoder().encode(escaped).length;
    if (bytes > MOST_PATTERN_BYTES) break;
    pattern += escaped;
  }
  return `${pattern}%`;
}

export async function readPeople(
  db: D1Database,
  search: PeopleSearch,
): Promise<PeoplePage & { is_sample: boolean }> {
  const text = search.text.trim();
  const digits = text.replaceAll(/\D/g, '').replace(/^0+/, '');
  const terms = [
    text ? anywhere(text) : null,
    search.status || null,
    search.stage || null,
    digits.length >= 4 ? anywhere(digits) : null,
  ];
  const [[counted, rows], house] = await Promise.all([
    db.batch<ListedPerson & { found: number }>([
      db.prepare(`select count(*) as found ${MATCHING}`).bind(...terms),
      db.prepare(ROWS).bind(...terms, (search.page - 1) * PAGE),
    ]),
    readHouse(db),
  ]);
  return {
    rows: rows!.results,
    found: counted!.results[0]!.found,
    is_sample: house?.is_sample === 1,
    search,
    page_size: PAGE,
  };
}
