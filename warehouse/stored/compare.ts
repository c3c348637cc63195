/** Holds what is stored against what the views' own texts compute (decision 17). */
import { DAY } from '../../core/durations.ts';
import { BOUND_IDS, render } from '../../sql/render.ts';
import { storedRows, tables } from './views.ts';

const CONTACTS_PER_PASS = 5000;
/** What a night compares: about so many contacts, others every night. */
const SAMPLE = 500;

/** Of the bound contacts: who has a row of the view that is stored and not computed, or only so. */
const wrongOf = ({ name, columns }: (typeof tables)[number], as_of: number): string => {
  const names = columns.join(', ');
  const computed = `select ${names} from ${name}`;
  const stored = `select ${names} from main.${name} where contact_id in (${BOUND_IDS})`;
  return render(
    `select contact_id from (${stored} except ${computed})
union select contact_id from (${computed} except ${stored})`,
    { as_of, among: BOUND_IDS },
  );
};

/** Whose stored rows count as of an instant; `among` is a condition over `contact_id`. */
const settledAfter = (as_of: number, contact_id: number, among: string): string =>
  render(
    `select contact_id from stg_contacts
where contact_id not in (select contact_id from unsettled) and ${among}
order by contact_id limit ${CONTACTS_PER_PASS}`,
    { as_of, lo: contact_id + 1, given: storedRows },
  );

async function compared(
  db: D1Database,
  as_of: number,
  among: string,
): Promise<{ compared: number; wrong: number[] }> {
  const found = { compared: 0, wrong: [] as number[] };
  for (let after = 0; ; ) {
    const settled = await db.prepare(settledAfter(as_of, after, among)).raw<[number]>();
    if (settled.length === 0) return found;
    const ids = JSON.stringify(settled.flat());
    const answers = await db.batch<{ contact_id: number }>(
      tables.map((table) => db.prepare(wrongOf(table, as_of)).bind(ids)),
    );
    const wrong = answers.flatMap(({ results }) => results.map(({ contact_id }) => contact_id));
    found.compared += settled.length;
    found.wrong.push(...new Set(wrong));
    after = settled.at(-1)![0];
  }
}

/** Compares everyone whose stored rows count as of `as_of` (UTC ms): how many, and who is wrong. */
export const compareAll = (db: D1Database, as_of: number) => compared(db, as_of, 'true');

/** The same of a sample, which is another one every day. */
export async function compareSample(db: D1Database, as_of: number) {
  const people = await db.prepare('select count(*) from contacts').raw<[number]>();
  const every = Math.max(1, Math.ceil(people[0]![0] / SAMPLE));
  return compared(db, as_of, `contact_id % ${every} = ${Math.floor(as_of / DAY) % every}`);
}

/** Has the stored rows of these contacts made anew when they are next derived. */
export const unsettle = (db: D1Database, contact_ids: number[]): Promise<D1Result> =>
  db
    .prepare(`update contact_summary set valid_until = 0 where contact_id in (${BOUND_IDS})`)
    .bind(JSON.stringify(contact_ids))
    .run();
