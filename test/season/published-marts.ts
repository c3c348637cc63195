/**
 * Every mart as a house publishes it at one instant: what must not depend on the order or number of
 * deliveries (G6).
 */

import { render } from '../../sql/render.ts';
import { marts } from '../../sql/views/marts/index.ts';
import { refreshAll } from '../../warehouse/derive/refresh.ts';

/** Mart → its rows as JSON text in the order of its grain, after the night's own refresh. */
export async function publishedMarts(
  db: D1Database,
  as_of: number,
): Promise<Record<string, string>> {
  await refreshAll(db, as_of);
  const published: Record<string, string> = {};
  for (const { name, contract } of marts) {
    const sql = `select * from ${name} order by ${contract.grain.join(', ')}`;
    const { results } = await db.prepare(render(sql, { as_of })).all();
    published[name] = results.map((row) => JSON.stringify(row)).join('\n');
  }
  return published;
}
