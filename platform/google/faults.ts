/** What Google refused, as a fault of the house whose message names the fix. */
import { Fault, type FaultCode } from '../../core/faults.ts';
import { mayAskAgain, type Refusal, refusalOf } from './refusal.ts';

type Words = { found: string; fix: string };

function clockWords({ minutes_ahead: minutes }: Refusal): Words {
  const by =
    minutes === undefined
      ? 'is wrong'
      : `is ${Math.abs(minutes)} minutes ${minutes < 0 ? 'behind' : 'ahead of'} Google's`;
  return {
    found: `this machine's clock ${by}`,
    fix: 'let it set itself (timedatectl set-ntp true, or the date settings)',
  };
}

function roleFix({ permission, said }: Refusal, account: string): string {
  if (permission?.startsWith('bigquery.jobs.'))
    return `grant ${account} the role BigQuery Job User on the project`;
  const grant = `grant ${account} the role BigQuery Data Editor on the dataset`;
  // Google does not tell strangers whether a dataset exists.
  const isUnseen = permission?.startsWith('bigquery.datasets.') && /may not exist/i.test(said);
  return isUnseen ? `see that BIGQUERY_PROJECT and BIGQUERY_DATASET name it, and ${grant}` : grant;
}

function missingFix({ api, said }: Refusal): string {
  if (api === 'sheets')
    return 'no spreadsheet has this id: copy its address from the browser again and set SHEETS_SPREADSHEET';
  if (/Not found: Dataset/i.test(said))
    return 'make the dataset in the BigQuery console, or set BIGQUERY_DATASET to the name of one that exists';
  if (/Not found: Project/i.test(said))
    return 'set BIGQUERY_PROJECT to the id of your project, not its name or number';
  return 'see that the id or name is right and that it still exists';
}

/** What is wrong, in plain words where Google's own say less, and what to do about it; two half sentences. */
export function wordsOf(refusal: Refusal): Words {
  const said = refusal.said.replace(/\s+/g, ' ').replace(/[.:;\s]+$/, '');
  const account = refusal.address ?? 'the service account';
  switch (refusal.kind) {
    case 'busy':
      return refusal.status
        ? { found: `Google is busy (${said})`, fix: 'try again in some minutes' }
        : {
            found: `Google did not answer (${said})`,
            fix: 'see that this machine reaches it, and try again',
          };
    case 'asked_too_often':
      return {
        found: `Google was asked too often in one minute (${said})`,
        fix: 'try again in a minute; if it lasts, see which other program uses the same service account',
      };
    case 'quota_used_up':
      return {
        found: said,
        fix: "the project's quota is used up until tomorrow; the next night catches up",
      };
    case 'key_revoked':
      return {
        found: `Google does not take the key (${said})`,
        fix: `it was deleted, or changed on its way: make a new key of ${account} and set GOOGLE_SERVICE_ACCOUNT_JSON`,
      };
    case 'account_gone':
      return {
        found: `${account} was deleted or disabled (${said})`,
        fix: 'enable it, or make another service account and its key (docs/google.md)',
      };
    case 'clock_wrong':
      return clockWords(refusal);
    case 'signed_out':
      return { found: said, fix: `see that ${account} is enabled, then make a new key of it` };
    case 'api_disabled':
      return {
        found: `the ${refusal.api === 'sheets' ? 'Google Sheets' : 'BigQuery'} API is not enabled in the key's project`,
        fix: `enable it${refusal.link ? ` at ${refusal.link}` : ' (docs/google.md)'}, wait a minute and try again`,
      };
    case 'not_found':
      return { found: said, fix: missingFix(refusal) };
    case 'not_shared':
      return {
        found: 'not shared with the account',
        fix: `open it, press Share and add ${account} as Editor`,
      };
    case 'read_only':
      return {
        found: 'the account may only look at it',
        fix: `open it, press Share and make ${account} Editor`,
      };
    case 'not_a_spreadsheet':
      return {
        found: 'a file that is no Google spreadsheet (a document, or an Excel file)',
        fix: 'make a spreadsheet, or save the file as Google Sheets, and set SHEETS_SPREADSHEET to its address',
      };
    case 'no_role':
      return { found: said, fix: roleFix(refusal, account) };
    case 'no_billing':
      return {
        found: said,
        fix: 'enable billing for the project, or stay within what it may do without',
      };
    case 'refused':
      return { found: said, fix: 'signalhouse connect google says what is wrong (docs/google.md)' };
  }
}

/** What Google refused or failed to answer: rate limits, 5xx and silence may be tried again. */
export function googleFault(error: unknown, what: string): Fault {
  if (error instanceof Fault) return error;
  const refusal = refusalOf(error);
  const code: FaultCode = mayAskAgain(refusal) ? 'destination_busy' : 'destination_refused';
  const { found, fix } = wordsOf(refusal);
  return new Fault(code, `${what}: ${found}; ${fix}`, {
    status: refusal.status,
    refusal: refusal.kind,
  });
}
