/**
 * The tables that keep the rows of stored views (decision 17). What they hold of a contact is true
 * for the instants of the contact's summary; whatever changes a fact ends that, by trigger, in the
 * very transaction. Readers compute the contacts that are unsettled, and deriving settles them.
 */
import { getTableName } from 'drizzle-orm';
import { type Binding, render } from '../../sql/render.ts';
import { storedViews } from '../../sql/stored.ts';
import { differs, overwrite } from '../insert-rows.ts';
import { columnsOf, keyOf } from '../schema/columns.ts';
import * as stored from '../schema/stored-views.ts';
import { versionOf } from './version.ts';

/** The tables, with their columns in the order of the views' and the names of their keys. */
export const tables = Object.values(stored).map((table) => ({
  table,
  name: getTableName(table),
  columns: columnsOf(table) as string[],
  key: keyOf(table) as string[],
}));

const given = (definitions: string) =>
  storedViews(
    new Map(tables.map(({ name, columns }) => [name, columns])),
    `select contacts.contact_id
     from main.contacts
     left join main.contact_summary as summary on summary.contact_id = contacts.contact_id
     cross join clock
     where contacts.contact_id between (select lo from scope) and (select hi from scope)
       and (summary.contact_id is null or as_of < valid_from or as_of >= valid_until
         or (${definitions}) is distinct from (select stored_for from main.house))`,
  );

const version = versionOf([...given('').values()]);

/** What the rows are made by: the definitions, and the house's time zone and currency (G1). */
export const DEFINITIONS = `select concat('${version} ', time_zone, ' ', currency) from stg_house`;

/**
 * What `render` takes as `given` to read stored rows. The result is the same with it and without,
 * at any instant; the fewer contacts changed since, the less is computed.
 */
export const storedRows = given(DEFINITIONS);

const UNSETTLED = 'select contact_id from unsettled';

/** The next contacts, by id, whose rows are not true as of `as_of` (UTC ms), `most` at a time. */
export function unsettledAfter(db: D1Database, contact_id: number, most: number, as_of: number) {
  const select = `${UNSETTLED} order by contact_id limit ${most}`;
  const query = render(select, { as_of, lo: contact_id + 1, given: storedRows });
  return db.prepare(query).all<{ contact_id: number }>();
}

/**
 * Statements that make the stored rows of the unsettled contacts of the binding equal to the views'
 * rows; only rows that differ are written. To be run in one batch with the statement that says for
 * when they are true: `upsertSummaries`.
 */
export function settleStatements(binding: Binding): string[] {
  const rendered = (select: string): string => render(select, { ...binding, given: storedRows });
  return tables.flatMap(({ table, name, columns, key }) => {
    const keys = key.join(', ');
    const names = columns.join(', ');
    return [
      `delete from ${name}
where contact_id in (${rendered(UNSETTLED)})
  and (${keys}) not in (${rendered(`select ${keys} from ${name}_unsettled`)})`,
      `insert into ${name} (${names})
${rendered(`select ${names} from ${name}_unsettled where true`)}
${overwrite(table)}
where ${differs(table)}`,
    ];
  });
}

/**
 * Statements that unsettle everyone where the rows were made by other definitions, or in another
 * zone or currency; none writes a row where they were not.
 */
export function adoptDefinitions(db: D1Database, now: number): D1PreparedStatement[] {
  const made_by = `(${render(DEFINITIONS, { as_of: now })})`;
  const isOther = `(select stored_for from house) is not ${made_by}`;
  return [
    `update contact_summary set valid_until = 0 where valid_until <> 0 and ${isOther}`,
    `update house set stored_for = ${made_by} where ${isOther}`,
  ].map((sql) => db.prepare(sql));
}
