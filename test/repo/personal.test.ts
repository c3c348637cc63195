/**
 * No contract names a column that tells who somebody is, and no view carries one under another name
 * (R12).
 */
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { describe, expect, it } from 'vitest';
import { marts } from '../../sql/views/index.ts';
import { martQuery } from '../../warehouse/read/mart-rows.ts';
import * as schema from '../../warehouse/schema/index.ts';
import { personalColumns } from '../../warehouse/schema/personal.ts';
import { randomAsOf, randomHouse } from '../views/random-house.ts';

const stored = Object.fromEntries(
  Object.values(schema).map((table) => {
    const { name, columns } = getTableConfig(table as SQLiteTable);
    return [name, columns.map((column) => column.name)];
  }),
);

/**
 * Names that a published column bears with another meaning: a dimension's value, the code of the
 * next action, a touch's part in a path.
 */
const otherwiseMeant = ['value', 'next_action', 'role'];

/** Part of a key, so that one text for all rows is not allowed; or read as JSON by a view. */
const inKeys = [
  'identities.value',
  'observations.thing_key',
  'observations.stated',
  'suppressions.address',
];

describe('personal columns', () => {
  it('are columns that there are', () => {
    for (const [table, columns] of Object.entries(personalColumns))
      expect(stored[table], table).toEqual(expect.arrayContaining([...columns]));
  });

  it('are in no contract', () => {
    const personal = new Set(Object.values(personalColumns).flat());
    for (const name of otherwiseMeant) personal.delete(name);
    // The dictionary is the code's own text.
    const ofPeople = marts.filter(({ name }) => name !== 'metric_dictionary');
    const named = ofPeople.flatMap(({ contract }) =>
      contract.columns
        .filter(({ name }) => personal.has(name))
        .map(({ name }) => `${contract.name}.${name}`),
    );
    expect(named).toEqual([]);
  });

  it('reach no published cell: each is given a unique text, and no table contains one', () => {
    const house = randomHouse(60, 5);
    for (const [table, columns] of Object.entries(personalColumns))
      for (const column of columns.filter((each) => !inKeys.includes(`${table}.${each}`)))
        house.db.exec(`update ${table} set ${column} = 'canary ${table}.${column}'`);
    house.db.exec(`update calls set objections = '["canary of calls.objections"]'`);
    house.db.exec("update identities set value = 'canary ' || contact_id");
    for (const { contract } of marts) {
      const rows = house.db.prepare(martQuery(contract, null, { as_of: randomAsOf })).all();
      expect(JSON.stringify(rows), contract.name).not.toContain('canary');
    }
  });

  it('and a column that a view gains is not published before its contract names it', () => {
    for (const { contract } of marts) {
      const select = martQuery(contract, null, { as_of: randomAsOf }).split('\nselect ').at(-1)!;
      const [columns] = select.split(' from ');
      expect(columns!.trim().split(', ')).toEqual(contract.columns.map(({ name }) => name));
    }
  });
});
