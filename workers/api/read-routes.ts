/** The addresses of programs that read: one contact, the lists, the status, the marts. */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { now } from '../../core/clock.ts';
import { Fault } from '../../core/faults.ts';
import { lists } from '../../core/lists.ts';
import { marts } from '../../sql/views/index.ts';
import { readList } from '../../warehouse/read/lists.ts';
import { someRows } from '../../warehouse/read/mart-rows.ts';
import { readPeople } from '../../warehouse/read/people.ts';
import { readPerson } from '../../warehouse/read/person.ts';
import { readStatus } from '../../warehouse/read/status.ts';
import { type App, parseConfig } from './env.ts';
import { refreshIfSmall } from './refresh-marts.ts';
import { json, onInvalid, refusals } from './schemas.ts';

const MOST_ROWS = 10_000;
const row = z.record(z.string(), z.unknown());
const limit = z.coerce.number().int().min(1).max(MOST_ROWS);

const contact = createRoute({
  method: 'get',
  path: '/api/contacts/{id}',
  summary: 'A contact: history, status, score with its points, next action',
  description:
    'Instants are UTC milliseconds, money is integer minor units. ' +
    'The key of a merged contact leads to its survivor.',
  request: {
    params: z.object({
      id: z.string().min(1).describe('Contact key, email, phone or external id'),
    }),
  },
  responses: { 200: json('The contact', row), ...refusals(401, 404) },
});

const contacts = createRoute({
  method: 'get',
  path: '/api/contacts',
  summary: 'Contacts by a part of their name, company, email or phone, best score first',
  request: { query: z.object({ search: z.string().trim().min(1) }) },
  responses: {
    200: json('At most 50 of those found', z.object({ found: z.number(), rows: z.array(row) })),
    ...refusals(400, 401),
  },
});

const list = createRoute({
  method: 'get',
  path: '/api/list/{list}',
  summary: 'Prospects by score, or the latest emails, calls, campaigns or dead events',
  request: {
    params: z.object({ list: z.enum(lists) }),
    query: z.object({ status: z.string().optional(), limit: limit.default(50) }),
  },
  responses: { 200: json('Rows', z.object({ rows: z.array(row) })), ...refusals(400, 401) },
});

const status = createRoute({
  method: 'get',
  path: '/api/status',
  summary: 'The house, its row counts, its last export and how many facts are newer',
  request: {
    query: z.object({ after: z.coerce.number().int().default(0).describe('UTC milliseconds') }),
  },
  responses: { 200: json('Status', row), ...refusals(400, 401) },
});

const mart = createRoute({
  method: 'get',
  path: '/api/marts/{name}',
  summary: 'Rows of a mart',
  description:
    'Tables about people one by one are live. The others are as of the last refresh: `as_of` ' +
    'says when that was, `newer_facts` how many facts have landed since. ' +
    'Unlike the published tables: money in integer minor units, instants in UTC milliseconds.',
  request: {
    params: z.object({ name: z.string().describe(marts.map((view) => view.name).join(', ')) }),
    query: z.object({ limit: limit.default(1000) }),
  },
  responses: {
    200: json(
      'Rows',
      z.object({
        mart: z.string(),
        as_of: z.number(),
        newer_facts: z.number(),
        rows: z.array(row),
      }),
    ),
    ...refusals(400, 401, 404, 503),
  },
});

export const readRoutes = new OpenAPIHono<App>({ defaultHook: onInvalid });

readRoutes.openapi(contact, async (c) => {
  const config = parseConfig(c.env);
  const { id } = c.req.valid('param');
  const person = await readPerson(c.env.DB, id, {
    as_of: now(config),
    country: config.DEFAULT_COUNTRY,
    secret: config.CONTACT_KEY_SECRET,
  });
  if (!person) throw new Fault('not_found', `no contact has the key or address ${id}`);
  return c.json(person, 200);
});

readRoutes.openapi(contacts, async (c) => {
  const text = c.req.valid('query').search;
  const people = await readPeople(c.env.DB, { text, status: '', stage: '', page: 1 });
  return c.json({ found: people.found, rows: people.rows }, 200);
});

readRoutes.openapi(list, async (c) => {
  const options = { ...c.req.valid('query'), as_of: now(parseConfig(c.env)) };
  return c.json({ rows: await readList(c.env.DB, c.req.valid('param').list, options) }, 200);
});

readRoutes.openapi(status, async (c) => {
  const answer = await readStatus(c.env.DB, parseConfig(c.env), c.req.valid('query').after);
  return c.json(answer, 200);
});

readRoutes.openapi(mart, async (c) => {
  const { name } = c.req.valid('param');
  const found = marts.find((view) => view.name === name);
  if (!found)
    throw new Fault(
      'not_found',
      `no mart is called ${name}; there are ${marts.map((m) => m.name).join(', ')}`,
    );
  if (found.isStored) await refreshIfSmall(c.env);
  const at = now(parseConfig(c.env));
  const rows = await someRows(c.env.DB, at, found, c.req.valid('query').limit);
  return c.json({ mart: found.name, ...rows }, 200);
});
