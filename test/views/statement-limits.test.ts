/**
 * D1 takes no statement of more than 100 KB, none whose expressions are deeper than 100, counted
 * through all the views that a query names, and no compound select of more than five terms. Each
 * statement is held to less: 80 KB, and a depth of 98, which the weekly summary reaches as it is
 * stored.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, expect, it } from 'vitest';
import { lists } from '../../core/lists.ts';
import { render } from '../../sql/render.ts';
import { checks, marts } from '../../sql/views/index.ts';
import { rebuild } from '../../warehouse/derive/rebuild.ts';
import { refreshAll, refreshContacts } from '../../warehouse/derive/refresh.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { learnModels } from '../../warehouse/nights/model-results.ts';
import { readDashboard } from '../../warehouse/read/dashboard.ts';
import { readList } from '../../warehouse/read/lists.ts';
import { martQuery, someRows } from '../../warehouse/read/mart-rows.ts';
import { readPeople } from '../../warehouse/read/people.ts';
import { readPerson } from '../../warehouse/read/person.ts';
import { readStatus } from '../../warehouse/read/status.ts';
import { compareSample } from '../../warehouse/stored/compare.ts';
import { refreshMarts } from '../../warehouse/stored/refresh-marts.ts';
import { MigratedSqlite } from '../migrated-sqlite.ts';
import { config, now } from '../properties/small-house.ts';
import { sqliteD1 } from '../properties/sqlite-d1.ts';

const limits = { sqlLength: 80_000, exprDepth: 98, compoundSelect: 5, variableNumber: 100 };
const as_of = 1;
const folder = new URL('../../migrations/', import.meta.url);
const sqlite = new DatabaseSync(':memory:', { limits });
const { db } = sqliteD1(new MigratedSqlite(sqlite));

beforeAll(async () => {
  for (const name of readdirSync(folder).sort())
    sqlite.exec(readFileSync(new URL(name, folder), 'utf8'));
  await ensureHouse(db, config);
});

it.each(marts.map(({ name, contract }) => [name, contract] as const))('%s', (name, contract) => {
  const { sheets, chartFilter = [] } = contract;
  const part = typeof sheets === 'object' ? { name: 'sheets', condition: sheets.where } : null;
  // A reader names each column once, whether it is of the grain or of the chart's filter.
  const columns = new Set([...chartFilter.map(({ column }) => column), ...contract.grain]);
  const chosen = [...columns].map((column) => `${column} is not null`).join(' and ');
  const asked = [
    martQuery(contract, null, { as_of }),
    martQuery(contract, part, { as_of, lo: 1, hi: 9 }),
  ];
  const reads = chosen
    ? [...asked, render(`select * from ${name} where ${chosen}`, { as_of })]
    : asked;
  for (const sql of reads) expect(() => sqlite.prepare(sql)).not.toThrow();
});

it.each(checks.map(({ name }) => name))('%s', (name) => {
  const check = `select ${name}.*, count(*) over () as offending from ${name} limit 5`;
  expect(() => sqlite.prepare(render(check, { as_of }))).not.toThrow();
});

it('what derives, learns and stores', async () => {
  await refreshContacts(db, [1, 2], now);
  await refreshAll(db, now);
  await rebuild(db, config);
  await compareSample(db, now);
  await learnModels(db, now);
  expect(await refreshMarts(db, config)).toBe(true);
});

it('what pages and lists read', async () => {
  expect(await readDashboard(db, config)).not.toBeNull();
  for (const list of lists) expect(await readList(db, list, { limit: 9, as_of })).toEqual([]);
  for (const mart of marts) await someRows(db, now, mart, 9);
  await readPerson(db, 'a@example.org', { as_of, country: 'US', secret: 'k' });
  await readPeople(db, { text: 'a', status: '', stage: '', page: 1 });
  await readStatus(db, config, 0);
});
