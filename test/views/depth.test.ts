/**
 * D1 takes no expression deeper than 100, counted through all the views that a query names: each is
 * held to it as it is asked.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { render } from '../../sql/render.ts';
import { checks, marts } from '../../sql/views/index.ts';
import { martQuery } from '../../warehouse/read/mart-rows.ts';

const DEEPEST = 100;
const as_of = 1;
const folder = new URL('../../migrations/', import.meta.url);
const db = new DatabaseSync(':memory:', { limits: { exprDepth: DEEPEST } });
for (const name of readdirSync(folder).sort()) db.exec(readFileSync(new URL(name, folder), 'utf8'));

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
  for (const sql of reads) expect(() => db.prepare(sql)).not.toThrow();
});

it.each(checks.map(({ name }) => name))('%s', (name) => {
  const check = `select ${name}.*, count(*) over () as offending from ${name} limit 5`;
  expect(() => db.prepare(render(check, { as_of }))).not.toThrow();
});
