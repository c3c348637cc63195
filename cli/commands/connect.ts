/**
 * `connect google`: checks whether the house can publish to Google, with a fix for each problem.
 */

import { Fault } from '../../core/faults.ts';
import { serviceAccountKey } from '../../platform/google/key.ts';
import type { Call } from '../command.ts';
import { checkLines } from '../connect/check.ts';
import { type GoogleConfig, googleChecks, placesOf, type To } from '../connect/checks.ts';
import { UsageError } from '../exit.ts';
import { parseSettings, settingsOf } from '../house/settings.ts';
import { openState } from '../house/state.ts';

function wanted(to: string | undefined): To[] {
  if (to === undefined) return ['sheets', 'bigquery'];
  if (to === 'sheets' || to === 'bigquery') return [to];
  throw new UsageError(`connect google takes --to sheets or --to bigquery, not ${to}`);
}

/** The account's address on a line of its own, to be copied. */
function addressLines({ GOOGLE_SERVICE_ACCOUNT_JSON: text }: GoogleConfig): string[] {
  try {
    return text
      ? [
          '',
          'The service account, to paste where Google asks whom to share with:',
          serviceAccountKey(text).address,
        ]
      : [];
  } catch {
    return [];
  }
}

/** For a person who has set nothing yet. */
const FIVE_MINUTES = [
  'Five minutes, once; docs/google.md shows every click:',
  '1. In the Google Cloud console, make a project, enable the Google Sheets API (or BigQuery API),',
  ' make a service account and download a JSON key for it.',
  '2. export GOOGLE_SERVICE_ACCOUNT_JSON=/path/to/key.json',
  '3. Share a spreadsheet with the service account as Editor; export SHEETS_SPREADSHEET=its ' +
    'address.',
  '4. Run connect google again: it says what is still missing.',
  '',
];

async function connectGoogle(call: Call): Promise<void> {
  const to = wanted(call.text('to'));
  const state = openState();
  const config = parseSettings(settingsOf(state));
  const checks = await googleChecks(config, to, state.house.house_id);
  const failed = checks.filter(({ ok }) => !ok);
  const next = failed.length
    ? []
    : ['', `Ready: npm run -s signalhouse -- export --to ${placesOf(config, to).join(',')}`];
  const walk = config.GOOGLE_SERVICE_ACCOUNT_JSON ? [] : FIVE_MINUTES;
  call.print(checks, [...walk, ...checkLines(checks), ...addressLines(config), ...next].join('\n'));
  if (failed.length)
    throw new Fault(
      'config',
      `not ready: ${failed.map(({ check }) => check).join(', ')}; see docs/google.md`,
    );
}

export async function connect(call: Call): Promise<void> {
  const [what] = call.positionals;
  if (what !== 'google') throw new UsageError('connect takes google');
  await connectGoogle(call);
}
