/** Undoing an import; `GET /api/list/imports` lists them. */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { undoImport } from '../../warehouse/imports/undo.ts';
import { type App, parseConfig } from './env.ts';
import { json, onInvalid, refusals } from './schemas.ts';

const undo = createRoute({
  method: 'post',
  path: '/api/imports/{id}/undo',
  summary: 'Take back what only this import states',
  description:
    'Facts that a door or another import states too stay. Undoes some thousand facts per ' +
    'request: send it again until `is_undone`. Undone twice, nothing changes.',
  request: { params: z.object({ id: z.coerce.number().int().min(1) }) },
  responses: {
    200: json(
      'What this request undid',
      z.object({
        is_undone: z.boolean(),
        removed: z.number().describe('Facts that are gone'),
        kept: z.number().describe('Facts that another import states too'),
        people: z.number().describe('Contacts of whom nothing else is known'),
      }),
    ),
    ...refusals(400, 401, 404, 503),
  },
});

export const importRoutes = new OpenAPIHono<App>({ defaultHook: onInvalid });

importRoutes.openapi(undo, async (c) => {
  const { id } = c.req.valid('param');
  return c.json(await undoImport(c.env.DB, id, parseConfig(c.env)), 200);
});
