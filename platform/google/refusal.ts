/** Reads Google's refusals, whichever client they came through. */

export type RefusalKind =
  /** No answer, or an error of its own: the request may or may not have been carried out. */
  | 'busy'
  /** Too many requests a minute: certainly not carried out. */
  | 'rate_limited'
  /** The daily quota is used up. */
  | 'quota_used_up'
  | 'key_revoked'
  | 'account_gone'
  | 'clock_wrong'
  | 'signed_out'
  | 'api_disabled'
  | 'not_found'
  | 'not_shared'
  | 'read_only'
  | 'not_a_spreadsheet'
  | 'no_role'
  | 'no_billing'
  | 'refused';

export type Refusal = {
  kind: RefusalKind;
  /** The HTTP status; 0 if there was no answer. */
  status: number;
  /** Google's own words. */
  message: string;
  api?: 'sheets' | 'bigquery';
  /** The service account that sent the request. */
  address?: string;
  /** The address at which to enable a disabled API. */
  link?: string;
  /** The IAM permission that is missing. */
  permission?: string;
  /** Minutes by which this machine's clock is ahead of Google's; negative if it is behind. */
  minutes_ahead?: number;
  /** The pause that Google asks for, in ms. */
  retry_after_ms?: number;
};

/** The account could not sign in; the request itself was not sent. */
export class SignInError extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal, address: string) {
    super(refusal.message);
    this.name = 'SignInError';
    this.refusal = { ...refusal, address };
  }
}

type Reason = { reason?: string };
type Detail = Reason & { links?: { url?: string }[]; metadata?: { activationUrl?: string } };
type Body = { message?: string; errors?: Reason[]; details?: Detail[] };

/** An error as Google's clients throw it; each keeps the same details in different places. */
type ClientError = {
  name?: string;
  message?: string;
  status?: number | string;
  /** The status, or a word such as ECONNRESET if there was no answer. */
  code?: number | string;
  errors?: Reason[];
  config?: { url?: string | URL; method?: string };
  response?: { status?: number; headers?: Headers | Record<string, string>; data?: unknown };
  /** Set by `googleClient`. */
  service_account?: string;
};

const LONGEST_MESSAGE = 400;

/** The HTTP status of Google's answer; 0 if there was none. */
export function statusOf(error: unknown): number {
  const { status, response, code } = (error ?? {}) as ClientError;
  return [response?.status, status, code].map(Number).find((value) => value >= 100) ?? 0;
}

/**
 * Whether a request was sent and got no answer; any other error without a status did not come from
 * Google.
 */
const isSilence = ({ name, config, code }: ClientError): boolean =>
  config !== undefined ||
  typeof code === 'string' ||
  /^(Fetch|Abort|Timeout)Error$/.test(name ?? '');

function bodyOf({ response, errors, message }: ClientError): Body {
  let data = response?.data;
  if (typeof data === 'string') {
    try {
      data = JSON.parse(data);
    } catch {
      data = undefined;
    }
  }
  const body = (data as { error?: Body } | undefined)?.error;
  return typeof body === 'object' && body !== null
    ? body
    : { ...(message && { message }), ...(errors && { errors }) };
}

/** In ms; Google gives seconds or a date. */
function retryAfter({ response }: ClientError): number | undefined {
  const headers = response?.headers;
  const value = headers instanceof Headers ? headers.get('retry-after') : headers?.['retry-after'];
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return ms > 0 ? ms : undefined;
}

function apiOf({ config }: ClientError): Refusal['api'] {
  const url = String(config?.url ?? '');
  if (url.includes('/v4/spreadsheets')) return 'sheets';
  return url.includes('/bigquery/v2/') ? 'bigquery' : undefined;
}

function kindOf(error: ClientError, body: Body): RefusalKind {
  const status = statusOf(error);
  const reasons = [...(body.errors ?? []), ...(body.details ?? [])].map(
    ({ reason }) => reason ?? '',
  );
  const has = (pattern: RegExp): boolean => reasons.some((reason) => pattern.test(reason));
  if (
    status === 429 ||
    (status === 403 && has(/^(user)?rateLimitExceeded$|^RATE_LIMIT_EXCEEDED$/i))
  )
    return 'rate_limited';
  if (status === 0) return isSilence(error) ? 'busy' : 'refused';
  if (status === 408 || (status >= 500 && status !== 501)) return 'busy';
  if (status === 401) return 'signed_out';
  if (status === 404) return 'not_found';
  const isSheets = apiOf(error) === 'sheets';
  if (status === 400 && isSheets && /not supported for this document/i.test(body.message ?? ''))
    return 'not_a_spreadsheet';
  if (status !== 403) return 'refused';
  if (has(/^(SERVICE_DISABLED|accessNotConfigured)$/)) return 'api_disabled';
  if (has(/^billingNotEnabled$/)) return 'no_billing';
  if (has(/^quotaExceeded$/)) return 'quota_used_up';
  if (!isSheets) return 'no_role';
  if (/protected/i.test(body.message ?? '')) return 'refused';
  return (error.config?.method ?? 'GET').toUpperCase() === 'GET' ? 'not_shared' : 'read_only';
}

/** Whether the same request may succeed when sent again. */
export const mayRetry = ({ kind }: Refusal): boolean => kind === 'busy' || kind === 'rate_limited';

/** Reads the error of a request to Google; any other error is `refused` and not retried. */
export function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof SignInError) return thrown.refusal;
  const error = (thrown ?? {}) as ClientError;
  const body = bodyOf(error);
  const message = (body.message ?? error.message ?? String(thrown))
    .trim()
    .slice(0, LONGEST_MESSAGE);
  const links = (body.details ?? []).flatMap((detail) => [
    detail.metadata?.activationUrl,
    ...(detail.links ?? []).map(({ url }) => url),
  ]);
  const link = links.find(Boolean) ?? /Enable it by visiting (https:\/\/\S+)/.exec(message)?.[1];
  const permission = /\b(bigquery\.\w+\.\w+)\b/.exec(message)?.[1];
  const pause = retryAfter(error);
  const api = apiOf(error);
  return {
    kind: kindOf(error, body),
    status: statusOf(error),
    message,
    ...(error.service_account && { address: error.service_account }),
    ...(api && { api }),
    ...(link && { link }),
    ...(permission && { permission }),
    ...(pause !== undefined && { retry_after_ms: pause }),
  };
}
