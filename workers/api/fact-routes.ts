/**
 * The facts that programs send: one row of a kind, its members named by the canonical headers, goes
 * on the queue.
 */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { canonicalJson } from '../../core/canonical-json.ts';
import { now } from '../../core/clock.ts';
import { type FieldType, fieldsOf, type RowKind } from '../../core/facts/fields.ts';
import { parseRow } from '../../core/facts/parse.ts';
import { Fault } from '../../core/faults.ts';
import { hash } from '../../core/hash.ts';
import { claimKey } from '../../warehouse/write/idempotency-keys.ts';
import { offerFacts } from '../fact-queue.ts';
import { limitBody } from '../http.ts';
import { type App, parseConfig } from './env.ts';
import { json, onInvalid, refusals } from './schemas.ts';

const MOST_BYTES = 1_000_000;
const plain = z.union([z.string(), z.number(), z.boolean()]).nullish();
/** Several in a list, or in one text with semicolons between them. */
const several = z
  .union([z.array(z.union([z.string(), z.number()])), z.string(), z.number()])
  .nullish();
const object = z.union([z.record(z.string(), z.unknown()), z.string()]).nullish();
const members: Partial<Record<FieldType, z.ZodType>> = {
  list: several,
  codes: several,
  email: several,
  phone: several,
  json: object,
  rules: object,
};

/** The members of a body are the fields of its kind; `core/facts` parses their values. */
const bodyOf = (kind: RowKind, except: string[] = []) =>
  z
    .strictObject(
      Object.fromEntries(
        Object.entries(fieldsOf[kind])
          .filter(([name]) => !except.includes(name))
          .map(([name, { type, choices }]) => [
            name,
            (members[type] ?? plain).describe(
              choices ? `One of ${choices.join(', ')}` : `Takes: ${type}`,
            ),
          ]),
      ),
    )
    .openapi(kind);

const door = (path: string, kind: RowKind, summary: string, except?: string[]) =>
  createRoute({
    method: 'post',
    path,
    summary,
    description:
      'Stored once however often it is sent: `Idempotency-Key`, or else the whole content, names ' +
      'the delivery; a key with another body is refused. Instants are ISO 8601; without a zone ' +
      'they are business time.',
    request: {
      headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional() }),
      params: path.includes('{') ? z.object({ id: z.string().min(1) }) : z.object({}),
      body: { required: true, content: { 'application/json': { schema: bodyOf(kind, except) } } },
    },
    responses: {
      202: json(
        'Durable; it counts within seconds',
        z.object({
          observation_key: z.string(),
          warnings: z
            .array(z.string())
            .optional()
            .describe('What could not be read and is left out'),
        }),
      ),
      ...refusals(400, 401, 409, 413, 503),
    },
  });

/** Parses, queues, and answers with the key under which this delivery is known. */
async function take(
  c: Context<App>,
  kind: RowKind,
  row: Record<string, unknown>,
): Promise<{ observation_key: string; warnings?: string[] }> {
  const config = parseConfig(c.env);
  const parsed = parseRow(kind, row, {
    origin: { provider: 'api' },
    now: now(config),
    receivedAt: now(config),
    zone: config.BUSINESS_TIME_ZONE,
    defaultCountry: config.DEFAULT_COUNTRY,
    currency: config.HOUSE_CURRENCY,
    observationKey: c.req.header('idempotency-key'),
  });
  if ('errors' in parsed)
    throw new Fault('bad_input', parsed.errors.map((error) => error.message).join('\n'), {
      field: parsed.errors[0]?.field,
    });
  const key = c.req.header('idempotency-key');
  if (key !== undefined) await claimKey(c.env.DB, key, hash(canonicalJson([kind, row])));
  await offerFacts(c.env, { door: 'api', facts: parsed.facts });
  const [fact] = parsed.facts;
  const warnings = parsed.warnings.map(({ message }) => message);
  return {
    ...(warnings.length > 0 ? { warnings } : {}),
    observation_key: !fact
      ? ''
      : fact.kind === 'email_event'
        ? fact.event_id
        : fact.observation_key,
  };
}

export const factRoutes = new OpenAPIHono<App>({ defaultHook: onInvalid });

factRoutes.use(limitBody(MOST_BYTES, 'send one row per request'));

factRoutes.openapi(
  door('/api/contacts', 'contacts', 'State something about a contact'),
  async (c) => c.json(await take(c, 'contacts', c.req.valid('json')), 202),
);
factRoutes.openapi(
  door('/api/interactions', 'interactions', 'An interaction took place'),
  async (c) => c.json(await take(c, 'interactions', c.req.valid('json')), 202),
);
factRoutes.openapi(
  door('/api/calls', 'calls', 'A call was booked, dialled, completed or cancelled'),
  async (c) => c.json(await take(c, 'calls', c.req.valid('json')), 202),
);
factRoutes.openapi(
  door('/api/purchases', 'purchases', 'A purchase, receipt or refund'),
  async (c) => c.json(await take(c, 'purchases', c.req.valid('json')), 202),
);
factRoutes.openapi(
  door('/api/campaigns', 'campaigns', 'State something about a campaign'),
  async (c) => c.json(await take(c, 'campaigns', c.req.valid('json')), 202),
);
factRoutes.openapi(door('/api/ad-spend', 'ad-spend', 'What advertising cost on a day'), async (c) =>
  c.json(await take(c, 'ad-spend', c.req.valid('json')), 202),
);
factRoutes.openapi(
  door('/api/campaigns/{id}/contacts', 'enrolments', 'Enrol a contact in a campaign', ['campaign']),
  async (c) =>
    c.json(
      await take(c, 'enrolments', { ...c.req.valid('json'), campaign: c.req.param('id') }),
      202,
    ),
);
