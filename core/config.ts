/** The configuration, parsed once per environment; a missing or malformed key names itself and its fix. */
import { z } from 'zod';
import { isTimeZone } from './calendar.ts';
import { Fault } from './faults.ts';
import { currencyExponent } from './money.ts';
import { parseInstant } from './written-instant.ts';

const secret = (fix: string) => z.string(fix).min(1, fix);
const RESEND_SECRET =
  'the signing secret of Resend’s webhook page: whsec_ and at least 24 bytes in base64; two separated by a space while one is rotated (on this machine: webhook_secrets in house.json)';

/** Whether svix can verify with it; a shorter key could be guessed. */
function isSigningSecret(secret: string): boolean {
  const [, key] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  return key !== undefined && key.length % 4 === 0 && (key.replace(/=+$/, '').length * 6) / 8 >= 24;
}

const zone = z
  .string()
  .default('UTC')
  .refine(isTimeZone, 'an IANA time zone such as Australia/Sydney');

const flag = z
  .union([z.string(), z.number()])
  .optional()
  .transform((text) => String(text ?? '') === '1');

const schema = z.object({
  API_TOKEN: secret(
    'the token that programs send; npm start makes one, on Cloudflare: wrangler secret put API_TOKEN',
  ),
  RESEND_WEBHOOK_SECRET: secret(RESEND_SECRET).refine(
    (secrets) => secrets.split(/\s+/).every(isSigningSecret),
    RESEND_SECRET,
  ),
  CONTACT_KEY_SECRET: secret(
    'a long random text that keys the hashes of contacts; it must never change',
  ),
  HOUSE_ID: secret('a name for this house, such as acme-training'),
  BUSINESS_TIME_ZONE: zone,
  NIGHT_HOUR: z
    .union([z.number(), z.string()])
    .optional()
    .transform((hour) => (hour === undefined || hour === '' ? 2 : Number(hour)))
    .refine(
      (hour) => Number.isInteger(hour) && hour >= 0 && hour <= 23,
      'an hour of the business time zone, 0 to 23',
    ),
  DEFAULT_COUNTRY: z
    .string()
    .default('US')
    .refine((code) => /^[A-Z]{2}$/.test(code), 'a country as two capital letters, such as AU'),
  HOUSE_CURRENCY: z
    .string()
    .optional()
    .refine((code) => !code || currencyExponent(code) !== undefined, 'an ISO currency such as EUR')
    .transform((code) => code || undefined),
  NOW: z
    .union([z.number(), z.string()])
    .optional()
    .transform((text) =>
      text === undefined || text === ''
        ? undefined
        : (parseInstant(String(text), 'UTC') ?? Number.NaN),
    )
    .refine(
      (ms) => ms === undefined || Number.isSafeInteger(ms),
      'an instant as ISO 8601 or epoch milliseconds',
    ),
  /** Keeps the points of Analytics Engine in KV, where that has no service. */
  ANALYTICS_LOCAL: flag,
  /** Keeps messages in D1 until they have landed, where the queue lives in memory. */
  INBOX_LOCAL: flag,
  GOOGLE_SERVICE_ACCOUNT_JSON: z.string().optional(),
  SHEETS_SPREADSHEET: z.string().optional(),
  BIGQUERY_PROJECT: z.string().optional(),
  BIGQUERY_DATASET: z.string().optional(),
  GOOGLE_API_ROOT: z.string().optional(),
});

export type Config = z.infer<typeof schema>;

const parsed = new WeakMap<object, Config>();

/** The typed configuration of an environment. Throws `Fault('config')` naming every bad key and what it takes. */
export function parseConfig(env: object): Config {
  const known = parsed.get(env);
  if (known) return known;
  const result = schema.safeParse(env);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Fault('config', lines.join('\n'));
  }
  parsed.set(env, result.data);
  return result.data;
}
