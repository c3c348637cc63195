/** What is stored is what would be computed, whatever befalls a refresh (decision 17). */
import { afterEach, expect, it } from 'vitest';
import { render } from '../../sql/render.ts';
import { marts } from '../../sql/views/index.ts';
import { refreshAll } from '../../warehouse/derive/refresh.ts';
import { learnModels } from '../../warehouse/nights/model-results.ts';
import { readDashboard } from '../../warehouse/read/dashboard.ts';
import { SHOWN } from '../../warehouse/stored/mart-refreshes.ts';
import { storedMarts } from '../../warehouse/stored/marts.ts';
import { refreshMarts } from '../../warehouse/stored/refresh-marts.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { random } from '../views/random-house.ts';
import { drawnHistory } from './drawn-history.ts';
import { config, now, openSmallHouse } from './small-house.ts';

const stored = marts.filter(({ isStored }) => isStored);
type House = Awaited<ReturnType<typeof openSmallHouse>>;
let house: House;

/** A house of this many drawn histories. */
async function open(histories: number): Promise<House> {
  const next = random(histories);
  const opened = await openSmallHouse();
  const facts = Array.from({ length: histories }, (_, no) => drawnHistory(no, next)).flat();
  if (facts.length > 0) await writeFacts(opened.db, facts, config);
  await refreshAll(opened.db, now);
  await learnModels(opened.db, now);
  return opened;
}

const rowsOf = async (db: D1Database, mart: string, given?: ReturnType<typeof storedMarts>) => {
  const { grain } = stored.find(({ name }) => name === mart)!.contract;
  const select = `select * from ${mart} order by ${grain.join(', ')}`;
  const { results } = await db.prepare(render(select, { as_of: now, given })).all();
  return results.map((row) => JSON.stringify(row));
};

async function expectStoredIsComputed(db: D1Database): Promise<void> {
  for (const { name } of stored)
    expect([name, await rowsOf(db, name, storedMarts(SHOWN))]).toEqual([
      name,
      await rowsOf(db, name),
    ]);
}

afterEach(() => house.close());

it.each([0, 1, 40])('stores of %i histories what the views say', async (histories) => {
  house = await open(histories);
  expect(await refreshMarts(house.db, config)).toBe(true);
  await expectStoredIsComputed(house.db);
  const page = await readDashboard(house.db, config);
  expect(page).toMatchObject({ as_of: now, newer_facts: 0 });
  expect(page!.house.people > 0).toBe(histories > 0);
});
