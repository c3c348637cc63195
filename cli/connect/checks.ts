/** All checks of a house's Google settings, in the order in which a person fixes them. */

import type { Config } from '../../core/config.ts';
import type { DestinationName } from '../../core/destinations.ts';
import { Fault } from '../../core/faults.ts';
import type { googleSettings } from '../../core/settings.ts';
import { BIGQUERY_SCOPE, type GoogleAccount, SHEETS_SCOPE } from '../../platform/google/account.ts';
import { checkKey, serviceAccountKey } from '../../platform/google/key.ts';
import { type Check, right, wrong } from './check.ts';
import { datasetChecks } from './dataset.ts';
import { type Google, googleOf, refused } from './google.ts';
import { spreadsheetChecks } from './spreadsheet.ts';

export type To = Exclude<DestinationName, 'files'>;

/** A person waits for each answer. */
const TIMEOUT_MS = 20_000;
const SCOPES = { sheets: SHEETS_SCOPE, bigquery: BIGQUERY_SCOPE };

const NO_KEY = wrong(
  'key',
  'GOOGLE_SERVICE_ACCOUNT_JSON is not set',
  'make a service account and a JSON key for it, then export ' +
    'GOOGLE_SERVICE_ACCOUNT_JSON=/path/to/key.json',
);
const NO_PLACE: Record<To, Check> = {
  sheets: wrong(
    'spreadsheet',
    'SHEETS_SPREADSHEET is not set',
    'make a spreadsheet, share it with the service account as Editor and set ' +
      'SHEETS_SPREADSHEET to its address',
  ),
  bigquery: wrong(
    'dataset',
    'BIGQUERY_PROJECT and BIGQUERY_DATASET are not both set',
    'make a dataset, give the service account BigQuery Data Editor on it and BigQuery Job User ' +
      'on the project, and set both',
  ),
};

const NOWHERE = wrong(
  'place',
  'neither a spreadsheet nor a dataset is set',
  'one is enough: share a spreadsheet with the service account as Editor and set ' +
    'SHEETS_SPREADSHEET to its address, or make a dataset and set BIGQUERY_PROJECT and ' +
    'BIGQUERY_DATASET',
);

async function keyCheck(text: string): Promise<{ check: Check; project: string | null }> {
  try {
    const key = serviceAccountKey(text);
    await checkKey(key);
    return {
      check: right(
        'key',
        `a service account's${key.project ? `, of the project ${key.project}` : ''}`,
      ),
      project: key.project,
    };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const at = error.message.lastIndexOf(': ');
    return {
      check: wrong('key', error.message.slice(0, at), error.message.slice(at + 2)),
      project: null,
    };
  }
}

export type GoogleConfig = Config<typeof googleSettings>;

/** The destinations in `to` that have their settings. */
export const placesOf = (config: GoogleConfig, to: To[]): To[] =>
  to.filter((name) =>
    name === 'sheets'
      ? config.SHEETS_SPREADSHEET
      : config.BIGQUERY_PROJECT && config.BIGQUERY_DATASET,
  );

/** Missing settings: those of the destination asked for, of any, or the other half of a dataset. */
function unsetChecks(config: GoogleConfig, to: To[]): Check[] {
  const set = placesOf(config, to);
  const isHalf = Boolean(config.BIGQUERY_PROJECT) !== Boolean(config.BIGQUERY_DATASET);
  if (to.includes('bigquery') && isHalf) return [NO_PLACE.bigquery];
  if (set.length) return [];
  return to.length === 1 ? [NO_PLACE[to[0]!]] : [NOWHERE];
}

async function signInCheck(google: Google): Promise<Check> {
  const refusal = await google.signIn();
  return refusal ? refused('sign-in', refusal) : right('sign-in', 'Google lets the account in');
}

/** Stops at the first failed check that the next ones depend on. */
export async function googleChecks(
  config: GoogleConfig,
  to: To[],
  houseId: string,
  edge: Pick<GoogleAccount, 'fetch'> = {},
): Promise<Check[]> {
  const set = placesOf(config, to);
  const unset = unsetChecks(config, to);
  if (!config.GOOGLE_SERVICE_ACCOUNT_JSON) return [NO_KEY, ...unset];
  const { check, project } = await keyCheck(config.GOOGLE_SERVICE_ACCOUNT_JSON);
  if (!check.ok) return [check, ...unset];
  const account: GoogleAccount = {
    key_json: config.GOOGLE_SERVICE_ACCOUNT_JSON,
    api_root: config.GOOGLE_API_ROOT,
    timeout_ms: TIMEOUT_MS,
    ...edge,
  };
  const signedIn = await signInCheck(googleOf(account, SCOPES[set[0] ?? to[0]!]));
  if (!signedIn.ok) return [check, signedIn, ...unset];
  const found: Check[] = [];
  for (const name of set) {
    const google = googleOf(account, SCOPES[name]);
    if (name === 'sheets')
      found.push(
        ...(await spreadsheetChecks(google, account, config.SHEETS_SPREADSHEET!, houseId)),
      );
    else {
      const place = { project: config.BIGQUERY_PROJECT!, dataset: config.BIGQUERY_DATASET! };
      found.push(...(await datasetChecks(google.ask, account, place, houseId, project)));
    }
  }
  return [check, signedIn, ...found, ...unset];
}
