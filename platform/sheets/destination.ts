/**
 * The destination `sheets`: a reader's spreadsheet, in which the house touches only its own tabs.
 */
import type { Destination } from '../destination.ts';
import type { GoogleAccount } from '../google/account.ts';
import { type SheetsOptions, Spreadsheet } from './api.ts';
import { publish } from './publish.ts';
import { markStale } from './stale.ts';

export { spreadsheetIdOf } from './api.ts';

/**
 * Publishes to a spreadsheet that is shared with the service account; `spreadsheet` is its id or
 * address.
 */
export function sheetsDestination(
  account: GoogleAccount,
  spreadsheet: string,
  options: SheetsOptions = {},
): Destination {
  return {
    name: 'sheets',
    carries: (contract) => contract.sheets !== 'none',
    condition: (contract) =>
      typeof contract.sheets === 'object' ? contract.sheets.where : undefined,
    publish: async (run, tables) =>
      publish(new Spreadsheet(account, spreadsheet, options), run, tables, options),
    markStale: async (stale) => markStale(new Spreadsheet(account, spreadsheet, options), stale),
  };
}
