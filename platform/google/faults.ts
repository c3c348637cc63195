/** Turns Google's refusal into a fault whose message names the fix. */
import { Fault, type FaultCode } from '../../core/faults.ts';
import { mayRetry, type Refusal, refusalOf } from './refusal.ts';

type Words = { found: string; fix: string };

function clockWords({ minutes_ahead: minutes }: Refusal): Words {
  const by =
    minutes === undefined
      ? 'is wrong'
      : `is ${Math.abs(minutes)} minutes ${minutes < 0 ? 'behind' : 'ahead of'} Google's`;
  return {
    found: `this machine's clock ${by}`,
    fix: 'set it automatically (timedatectl set-ntp true, or the date settings)',
  };
}

function roleFix({ permission, message }: Refusal, account: string): string {
  if (permission?.startsWith('bigquery.jobs.'))
    return `grant ${account} the role BigQuery Job User on the project`;
  const grant = `grant ${account} the role BigQuery Data Editor on the dataset`;
  // Google does not tell an account without access whether a dataset exists.
  const isUnseen = permission?.startsWith('bigquery.datasets.') && /may not exist/i.test(message);
  return isUnseen ? `check BIGQUERY_PROJECT and BIGQUERY_DATASET, and ${grant}` : grant;
}

function missingFix({ api, message }: Refusal): string {
  if (api === 'sheets')
    return (
      'no spreadsheet has this id: copy its address from the browser again and set ' +
      'SHEETS_SPREADSHEET'
    );
  if (/Not found: Dataset/i.test(message))
    return (
      'make the dataset in the BigQuery console, or set BIGQUERY_DATASET to the name of ' +
      'one that exists'
    );
  if (/Not found: Project/i.test(message))
    return 'set BIGQUERY_PROJECT to the id of your project, not its name or number';
  return 'check that the id or name is right and that it still exists';
}

/**
 * What is wrong, in plain words if Google's own say less, and what to do about it; two half
 * sentences.
 */
export function wordsOf(refusal: Refusal): Words {
  const message = refusal.message.replace(/\s+/g, ' ').replace(/[.:;\s]+$/, '');
  const account = refusal.address ?? 'the service account';
  const where = refusal.link ? ` at ${refusal.link}` : ' (docs/google.md)';
  switch (refusal.kind) {
    case 'busy':
      return refusal.status
        ? { found: `Google is busy (${message})`, fix: 'try again in a few minutes' }
        : {
            found: `Google did not answer (${message})`,
            fix: 'check that this machine can reach it, and try again',
          };
    case 'rate_limited':
      return {
        found: `Google got too many requests in one minute (${message})`,
        fix:
          'try again in a minute; if it lasts, find out which other program uses the same ' +
          'service account',
      };
    case 'quota_used_up':
      return {
        found: message,
        fix: "the project's quota is used up until tomorrow; the next night catches up",
      };
    case 'key_revoked':
      return {
        found: `Google does not accept the key (${message})`,
        fix:
          `it was deleted, or damaged in transit: make a new key for ${account} and set ` +
          'GOOGLE_SERVICE_ACCOUNT_JSON',
      };
    case 'account_gone':
      return {
        found: `${account} was deleted or disabled (${message})`,
        fix: 'enable it, or make another service account and its key (docs/google.md)',
      };
    case 'clock_wrong':
      return clockWords(refusal);
    case 'signed_out':
      return {
        found: message,
        fix: `check that ${account} is enabled, then make a new key for it`,
      };
    case 'api_disabled':
      return {
        found:
          `the ${refusal.api === 'sheets' ? 'Google Sheets' : 'BigQuery'} API is not ` +
          `enabled in the key's project`,
        fix: `enable it${where}, wait a minute and try again`,
      };
    case 'not_found':
      return { found: message, fix: missingFix(refusal) };
    case 'not_shared':
      return {
        found: 'not shared with the account',
        fix: `open it, press Share and add ${account} as an Editor`,
      };
    case 'read_only':
      return {
        found: 'the account may only view it',
        fix: `open it, press Share and make ${account} an Editor`,
      };
    case 'not_a_spreadsheet':
      return {
        found: 'not a Google spreadsheet (a document, or an Excel file)',
        fix:
          'make a spreadsheet, or save the file as Google Sheets, and set ' +
          'SHEETS_SPREADSHEET to its address',
      };
    case 'no_role':
      return { found: message, fix: roleFix(refusal, account) };
    case 'no_billing':
      return {
        found: message,
        fix: 'enable billing for the project, or stay within the limits without it',
      };
    case 'refused':
      return {
        found: message,
        fix: 'run signalhouse connect google to see what is wrong (docs/google.md)',
      };
  }
}

/**
 * The fault for a request that Google refused or did not answer; rate limits, 5xx and silence can
 * be retried. `what` names the destination in the message.
 */
export function googleFault(error: unknown, what: string): Fault {
  if (error instanceof Fault) return error;
  const refusal = refusalOf(error);
  const code: FaultCode = mayRetry(refusal) ? 'destination_busy' : 'destination_refused';
  const { found, fix } = wordsOf(refusal);
  return new Fault(code, `${what}: ${found}; ${fix}`, {
    status: refusal.status,
    refusal: refusal.kind,
  });
}
