/** The ledger of imports: begun before the first row of a file, ended after its last. */
import { Hono } from 'hono';
import { z } from 'zod';
import { now } from '../../core/clock.ts';
import { rowKinds } from '../../core/facts/fields.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { beginImport, finishImport, rememberedMapping } from '../../warehouse/imports/ledger.ts';
import { readBody } from '../http.ts';
import { type Env, parseConfig } from './env.ts';
import { refuseSample } from './refuse-sample.ts';

const text = z.string().max(500);
const beginning = z.object({
  kind: z.enum(rowKinds),
  file_name: text,
  file_hash: text,
  imported_by: text,
  columns_hash: text,
  mapping: z.string().max(1_000_000),
});
const count = z.int().min(0);
const counts = z.object({
  row_count: count,
  new_count: count,
  updated_count: count,
  skipped_count: count,
  waiting_count: count,
  rejected_count: count,
});
const columns = beginning.pick({ kind: true, columns_hash: true });

export const importRoutes = new Hono<{ Bindings: Env }>();

importRoutes.post('/', async (context) => {
  const config = parseConfig(context.env);
  const given = await readBody(context, beginning);
  refuseSample(await ensureHouse(context.env.DB, config));
  const import_id = await beginImport(context.env.DB, given, now(config));
  return context.json({ import_id });
});

importRoutes.put('/:id', async (context) => {
  const id = z.coerce.number().int().parse(context.req.param('id'));
  const ended = await readBody(context, counts);
  await finishImport(context.env.DB, id, ended, now(parseConfig(context.env)));
  return context.json({ import_id: id });
});

/** How the last file of these columns was read; null if there was none. */
importRoutes.get('/mapping', async (context) => {
  const { kind, columns_hash } = columns.parse(context.req.query());
  return context.json(await rememberedMapping(context.env.DB, kind, columns_hash));
});
