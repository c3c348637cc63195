/** Renders a mart at an instant into the bucket: one JSON array per line, in the order of the grain. */
import { cellOf } from '../../platform/cells.ts';
import { checksumOf, lineOf } from '../../platform/checksum.ts';
import type { Cell, Table } from '../../platform/destination.ts';
import type { Contract } from '../../sql/contract.ts';
import { render } from '../../sql/render.ts';
import type { Env, NightParams } from './env.ts';
import { instanceId } from './start.ts';

/** What a step passes on instead of rows. */
export type Rendered = {
  mart: string;
  /** Where the rows lie in the bucket. */
  key: string;
  rows: number;
  checksum: string;
  data_through: number | null;
};

function dataThrough(contract: Contract, rows: Cell[][]): number | null {
  const position = contract.columns.findIndex((column) => column.name === contract.through);
  if (position < 0) return null;
  const latest = rows
    .map((row) => row[position] ?? null)
    .reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
  return typeof latest === 'string' ? Date.parse(`${latest}T00:00:00Z`) : latest;
}

/** `condition` over the mart's columns says which rows; `part` names the file where they are not all of them. */
export async function renderMart(
  env: Env,
  night: NightParams,
  contract: Contract,
  part: { name: string; condition: string } | null,
): Promise<Rendered> {
  const columns = contract.columns.map(({ name }) => name);
  const order = contract.grain.filter((name) => columns.includes(name));
  const select = [
    `select ${columns.join(', ')} from ${contract.name}`,
    part ? `where ${part.condition}` : '',
    order.length > 0 ? `order by ${order.join(', ')}` : '',
  ].join('\n');
  const raw = await env.DB.prepare(render(select, { as_of: night.as_of })).raw();
  const rows = raw.map((row) => (row as unknown[]).map(cellOf));
  const key = `nights/${instanceId(night)}/${contract.name}${part ? `.${part.name}` : ''}.ndjson`;
  await env.STORAGE.put(key, rows.map(lineOf).join('\n'));
  return {
    mart: contract.name,
    key,
    rows: rows.length,
    checksum: checksumOf(rows),
    data_through: dataThrough(contract, rows),
  };
}

/** The rendered mart as a destination takes it; its rows are read from the bucket when asked for. */
export const tableOf = (env: Env, contract: Contract, rendered: Rendered, load_id: string): Table => ({
  contract,
  load_id,
  row_count: rendered.rows,
  checksum: rendered.checksum,
  data_through: rendered.data_through,
  async *pages() {
    const text = (await (await env.STORAGE.get(rendered.key))?.text()) ?? '';
    if (text !== '') yield text.split('\n').map((line) => JSON.parse(line) as Cell[]);
  },
});

/** The rendered rows of a night are of no use once it has ended. */
export async function discardRendered(env: Env, night: NightParams): Promise<void> {
  const { objects } = await env.STORAGE.list({ prefix: `nights/${instanceId(night)}/` });
  if (objects.length > 0) await env.STORAGE.delete(objects.map(({ key }) => key));
}
