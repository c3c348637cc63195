/**
 * Every setting of the house, by concern. A Worker's configuration is made of the concerns that it
 * uses; what a door needs stands beside the door. The description says in a line what to set.
 */
import { z } from 'zod';
import { isTimeZone } from './calendar.ts';
import { jsonOf } from './json.ts';
import { currencyExponent } from './money.ts';
import { parseInstant } from './written-instant.ts';

const required = (description: string) => z.string(description).describe(description);

const flag = z
  .union([z.string(), z.number()])
  .optional()
  .transform((value) => String(value ?? '') === '1');

/** Which house this is, and the time and the currency that it lives in. */
export const houseSettings = {
  HOUSE_ID: required('a name for this house, such as acme-training'),
  BUSINESS_TIME_ZONE: z
    .string()
    .default('UTC')
    .refine(isTimeZone, 'an IANA time zone such as Australia/Sydney')
    .describe('the time zone of your business, such as Australia/Sydney; else UTC'),
  HOUSE_CURRENCY: z
    .string()
    .refine((code) => currencyExponent(code) !== undefined, 'an ISO currency such as EUR')
    .optional()
    .describe('the currency of your figures, such as EUR; else that of the earliest purchase'),
  NOW: z
    .union([z.number(), z.string()])
    .transform((given) => parseInstant(String(given), 'UTC') ?? Number.NaN)
    .refine(Number.isSafeInteger, 'an instant as ISO 8601 or epoch milliseconds')
    .optional()
    .describe('stops the clock of the house at this instant, for a trial; leave it unset'),
};

/** Who may write facts and read people. */
export const tokenSettings = {
  API_TOKEN: required(
    'a long random text: whoever has it may write facts and read people; npm start makes one',
  ),
};

/** What stands for people outside the house (F7, G6). */
export const contactKeySettings = {
  CONTACT_KEY_SECRET: required(
    'a long random text that keys the hashes of contacts; it must never change',
  ),
};

/** How phone numbers are read. */
export const phoneSettings = {
  DEFAULT_COUNTRY: z
    .string()
    .default('US')
    .refine((code) => /^[A-Z]{2}$/.test(code), 'a country as two capital letters, such as AU')
    .describe('the country of phone numbers that name none, such as AU; else US'),
};

/** What a form of the website is for, where its name does not say it. */
const formSettings = z.object({
  lead_type: z.string().min(1).max(60).optional(),
  offer: z.string().min(1).max(200).optional(),
  outcome: z.enum(['form', 'ebook', 'trial', 'mock_test', 'downloaded', 'attended']).optional(),
  /** Where the sender goes on; else a page says thanks. */
  thanks: z.url().optional(),
});
export type FormSettings = z.infer<typeof formSettings>;

const FORMS = 'JSON such as {"open-day": {"lead_type": "trial_class", "offer": "Maths"}}';

/** What a website of your own sends to the house; docs/website.md leads through it. */
export const websiteSettings = {
  WEBSITE_URL: z
    .url('the address of your website, such as https://example.com')
    .optional()
    .describe('the address of your website, to which referral links and thank-you pages lead'),
  WEBSITE_FORMS: z
    .string()
    .transform(jsonOf)
    .pipe(z.record(z.string(), formSettings, FORMS))
    .optional()
    .describe(`what your website’s forms are for, where their names do not say it: ${FORMS}`),
  TURNSTILE_SECRET: z
    .string()
    .optional()
    .describe('the secret key of Cloudflare Turnstile, if your forms have its widget'),
};

/** When the nightly export is due. */
export const nightSettings = {
  NIGHT_HOUR: z.coerce
    .number()
    .refine(
      (hour) => Number.isInteger(hour) && hour >= 0 && hour <= 23,
      'an hour of the business time zone, 0 to 23',
    )
    .default(2)
    .describe('the hour of the nightly export in the business time zone, 0 to 23; else 2'),
};

/** How often the figures of the dashboard are computed. */
export const dashboardSettings = {
  DASHBOARD_PAUSE: z.coerce
    .number()
    .refine((minutes) => minutes >= 0 && minutes <= 1440, 'minutes, 0 to 1440')
    .default(0)
    .describe('the minutes that the dashboard stays as it is after a refresh, at least; else 0'),
};

/** Where the house publishes, beside its own files; docs/google.md leads through them. */
export const googleSettings = {
  GOOGLE_SERVICE_ACCOUNT_JSON: z
    .string()
    .optional()
    .describe('the JSON key of the Google service account, or on this machine a path to it'),
  SHEETS_SPREADSHEET: z
    .string()
    .optional()
    .describe('the address of the spreadsheet to publish to'),
  BIGQUERY_PROJECT: z.string().optional().describe('the Google project of the dataset'),
  BIGQUERY_DATASET: z.string().optional().describe('the BigQuery dataset to publish to'),
  GOOGLE_API_ROOT: z
    .string()
    .optional()
    .describe('another address for Google’s APIs, for a trial; leave it unset'),
};

/** Where the live pulse is read (F7). Without them everything else works. */
export const pulseSettings = {
  CLOUDFLARE_ACCOUNT_ID: z
    .string()
    .optional()
    .describe('the id of your Cloudflare account, for the live pulse on the dashboard'),
  CLOUDFLARE_ANALYTICS_TOKEN: z
    .string()
    .optional()
    .describe('a Cloudflare API token that may read Account Analytics, for the live pulse'),
};

/** What the house on this machine does for what Cloudflare would; the house sets them itself. */
export const localSettings = {
  /** Keeps the points of Analytics Engine in KV, where that has no service. */
  ANALYTICS_LOCAL: flag,
  /** Keeps messages in D1 until they have landed, where the queue lives in memory. */
  INBOX_LOCAL: flag,
};
