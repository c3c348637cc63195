/** What the Workers of this machine's house get as vars and secrets: the house's own values and the process's environment. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { State } from './state.ts';

/** Keys of `platform/config.ts` that a person sets in the environment; the rest are the house's own. */
const FROM_ENVIRONMENT = [
  'BUSINESS_TIME_ZONE',
  'NIGHT_HOUR',
  'DEFAULT_COUNTRY',
  'HOUSE_CURRENCY',
  'NOW',
  'GOOGLE_SERVICE_ACCOUNT_JSON',
  'SHEETS_SPREADSHEET',
  'BIGQUERY_PROJECT',
  'BIGQUERY_DATASET',
  'GOOGLE_API_ROOT',
] as const;

/** A service account may be given as its JSON or as a path to it; a Worker reads no files. */
function keyText(value: string): string {
  // Asked first: what is no path at all would end up in an error's message.
  const isFile = existsSync(value) && statSync(value).isFile();
  return isFile ? readFileSync(value, 'utf8') : value;
}

export function settingsOf({ house }: State): Record<string, string> {
  const given = FROM_ENVIRONMENT.flatMap((key) => {
    const value = process.env[key];
    return value
      ? [[key, key === 'GOOGLE_SERVICE_ACCOUNT_JSON' ? keyText(value) : value] as const]
      : [];
  });
  return {
    ...Object.fromEntries(given),
    HOUSE_ID: house.house_id,
    API_TOKEN: house.api_token,
    CONTACT_KEY_SECRET: house.contact_key_secret,
    RESEND_WEBHOOK_SECRET: house.webhook_secrets.resend,
    ANALYTICS_LOCAL: '1',
    INBOX_LOCAL: '1',
  };
}
