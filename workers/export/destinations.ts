/** Where this house publishes, from its configuration. */

import type { DestinationName } from '../../core/destinations.ts';
import { Fault } from '../../core/faults.ts';
import { bigqueryDestination } from '../../platform/bigquery/destination.ts';
import type { Destination } from '../../platform/destination.ts';
import { filesDestination } from '../../platform/files/destination.ts';
import type { GoogleAccount } from '../../platform/google/account.ts';
import { sheetsDestination } from '../../platform/sheets/destination.ts';
import { type Env, type ExportConfig, parseConfig } from './env.ts';

function required(value: string | undefined, key: string, to: DestinationName): string {
  if (!value)
    throw new Fault('config', `${key} is not set: publishing to ${to} needs it (docs/google.md)`);
  return value;
}

const account = (env: Env, config: ExportConfig, to: DestinationName): GoogleAccount => ({
  tokens: env.CACHE,
  key_json: required(config.GOOGLE_SERVICE_ACCOUNT_JSON, 'GOOGLE_SERVICE_ACCOUNT_JSON', to),
  api_root: config.GOOGLE_API_ROOT,
});

/** Throws `config` where the destination is not set up. */
export function destination(env: Env, name: DestinationName): Destination {
  const config = parseConfig(env);
  if (name === 'files') return filesDestination(env.STORAGE);
  if (name === 'sheets')
    return sheetsDestination(
      account(env, config, name),
      required(config.SHEETS_SPREADSHEET, 'SHEETS_SPREADSHEET', name),
    );
  return bigqueryDestination(
    account(env, config, name),
    required(config.BIGQUERY_PROJECT, 'BIGQUERY_PROJECT', name),
    required(config.BIGQUERY_DATASET, 'BIGQUERY_DATASET', name),
  );
}

/** Every destination that the house is set up for; files always. */
export function configuredDestinations(config: ExportConfig): DestinationName[] {
  return [
    'files',
    ...(config.SHEETS_SPREADSHEET ? (['sheets'] as const) : []),
    ...(config.BIGQUERY_DATASET ? (['bigquery'] as const) : []),
  ];
}
