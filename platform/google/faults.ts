/** What Google refused, as a fault of the house whose message names the fix. */
import { Fault, type FaultCode } from '../../core/faults.ts';
import { mayAskAgain, type Refusal, refusalOf, statusOf } from './refusal.ts';

export { statusOf };

function clockFix(minutes: number | undefined): string {
  const by =
    minutes === undefined
      ? 'is wrong'
      : `is ${Math.abs(minutes)} minutes ${minutes < 0 ? 'behind' : 'ahead of'} Google's`;
  return `this machine's clock ${by}; let it set itself (timedatectl set-ntp true, or the system's date settings)`;
}

function roleFix({ permission, address }: Refusal, account: string): string {
  const role = permission?.startsWith('bigquery.jobs.')
    ? 'BigQuery Job User on the project'
    : 'BigQuery Data Editor on the dataset';
  return `grant ${address ?? account} the role ${role}`;
}

function missingFix({ api, said }: Refusal): string {
  if (api === 'sheets')
    return 'no spreadsheet has this id: copy its address from the browser again and set SHEETS_SPREADSHEET';
  if (/Not found: Dataset/i.test(said))
    return 'make the dataset in the BigQuery console, or set BIGQUERY_DATASET to the name of one that exists';
  if (/Not found: Project/i.test(said)) return 'set BIGQUERY_PROJECT to the id of your project, not its name or number';
  return 'see that the id or name is right and that it still exists';
}

/** What to do about a refusal, as half a sentence. */
export function fixOf(refusal: Refusal): string {
  const account = refusal.address ?? 'the service account';
  switch (refusal.kind) {
    case 'busy':
      return 'nothing needs to be done: it is tried again';
    case 'asked_too_often':
      return 'wait a minute and try again; if it lasts, another program uses the same service account';
    case 'quota_used_up':
      return "the project's quota is used up until tomorrow; the next night catches up";
    case 'key_revoked':
      return `the key was revoked or is another account's: make a new key of ${account} and set GOOGLE_SERVICE_ACCOUNT_JSON`;
    case 'account_gone':
      return `${account} was deleted or disabled: enable it, or make another and its key (docs/google.md)`;
    case 'clock_wrong':
      return clockFix(refusal.minutes_ahead);
    case 'signed_out':
      return `Google takes no sign-in of ${account}: see that the account is enabled, then make a new key`;
    case 'api_disabled':
      return `enable the API${refusal.link ? ` at ${refusal.link}` : " in the key's project (docs/google.md)"}, wait a minute and try again`;
    case 'not_found':
      return missingFix(refusal);
    case 'not_shared':
      return `open it in a browser, press Share and add ${account} as Editor`;
    case 'read_only':
      return `${account} may only look at it: press Share there and make it Editor`;
    case 'not_a_spreadsheet':
      return 'this is no Google spreadsheet (a document, or an Excel file): make one, or save the file as Google Sheets, and set SHEETS_SPREADSHEET';
    case 'no_role':
      return roleFix(refusal, account);
    case 'no_billing':
      return 'the project has no billing: enable it, or stay within what it may do without';
    case 'refused':
      return 'see docs/google.md; signalhouse connect google says what is wrong';
  }
}

/** What Google refused or failed to answer: rate limits, 5xx and silence may be tried again. */
export function googleFault(error: unknown, what: string): Fault {
  if (error instanceof Fault) return error;
  const refusal = refusalOf(error);
  const code: FaultCode = mayAskAgain(refusal) ? 'destination_busy' : 'destination_refused';
  const message = `${what}: ${refusal.said.replace(/[.:;\s]+$/, '')}; ${fixOf(refusal)}`;
  return new Fault(code, message, { status: refusal.status, refusal: refusal.kind });
}
