/**
 * Which imports state a fact, kept with it for as long as nobody else states it: undoing an import
 * takes away what only it said.
 */
import { addressText } from '../../core/facts/address.ts';
import type { EmailEvent } from '../../core/facts/fact.ts';

/** What an event keeps beside its columns: they do not say whose it was and what it told. */
export type Imported = {
  imports: number[];
  contact: string;
  message: EmailEvent['message'];
};

export const importedOf = ({ imports, contact, message }: EmailEvent): Imported | null =>
  imports ? { imports, contact: addressText(contact), message } : null;

/** Where the row of a delivery says which imports state it. */
type Place = { table: string; column: string; path: string; ofDoor?: string };

/**
 * What an insert does with a delivery that it finds: from another import it is both's, from a door
 * it is no longer an import's alone. Writes only where that changes. `ofDoor` is the column of such
 * a row.
 */
export function claim({ table, column, path, ofDoor = 'null' }: Place): string {
  const at = (row: string): string => `json_extract(${row}.${column}, '${path}')`;
  const both = `(select json_group_array(value) from (
      select value from json_each(${at(table)}) union
      select value from json_each(${at('excluded')}) order by 1))`;
  return `do update set ${column} = case when ${at('excluded')} is null then ${ofDoor}
      else json_set(${table}.${column}, '${path}', json(${both})) end
    where ${at(table)} is not null
      and (${at('excluded')} is null or ${at(table)} <> ${both})`;
}
