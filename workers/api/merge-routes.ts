/** Merges of people, for programs: undone by their id (P2). */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { now } from '../../core/clock.ts';
import { refreshContacts } from '../../warehouse/derive/refresh.ts';
import { contactKeys } from '../../warehouse/people/contact-keys.ts';
import { undoMerge } from '../../warehouse/people/undo-merge.ts';
import { type App, parseConfig } from './env.ts';
import { json, onInvalid, refusals } from './schemas.ts';

const undo = createRoute({
  method: 'post',
  path: '/api/merges/{id}/undo',
  summary: 'Separates two people who were merged',
  description:
    'Each fact is again the contact’s that it was stated for, also what has landed since, and no ' +
    'fact merges the two any more.',
  request: {
    params: z.object({ id: z.coerce.number().int().min(1).describe('As list/merges has it') }),
  },
  responses: {
    200: json('Undone', z.object({ contact_keys: z.array(z.string()) })),
    ...refusals(400, 401, 404),
  },
});

export const mergeRoutes = new OpenAPIHono<App>({ defaultHook: onInvalid });

mergeRoutes.openapi(undo, async (c) => {
  const config = parseConfig(c.env);
  const { id } = c.req.valid('param');
  const contact_ids = await undoMerge(c.env.DB, id, config, now(config));
  await refreshContacts(c.env.DB, contact_ids, now(config));
  return c.json({ contact_keys: await contactKeys(c.env.DB, contact_ids) }, 200);
});
