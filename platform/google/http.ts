/** One request to a Google API and what came of it: an answer, or an error that keeps what Google said. */

export type GoogleRequest = {
  url: string;
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  params?: Record<string, unknown> | undefined;
  /** An object is sent as JSON; text and bytes are sent as they are, text as JSON unless `headers` say otherwise. */
  data?: unknown;
  headers?: Record<string, string>;
  /** Which statuses are answers and no errors; absent: 200 to 299. */
  validateStatus?: (status: number) => boolean;
  redirect?: RequestRedirect;
};

export type GoogleAnswer<T> = { status: number; headers: Headers; data: T };

/** Google answered with an error, or not at all. */
export class GoogleError extends Error {
  /** The HTTP status; 0 where no answer came. */
  readonly status: number;
  readonly request: Pick<GoogleRequest, 'url' | 'method'>;
  readonly headers: Headers;
  /** The body of the answer: parsed where it was JSON, else its text. */
  readonly body: unknown;
  /** The service account that asked. */
  readonly address: string;
  constructor(
    message: string,
    { url, method }: GoogleRequest,
    address: string,
    answer: GoogleAnswer<unknown> = { status: 0, headers: new Headers(), data: undefined },
  ) {
    super(message);
    this.name = 'GoogleError';
    this.request = { url, ...(method && { method }) };
    this.address = address;
    this.status = answer.status;
    this.headers = answer.headers;
    this.body = answer.data;
  }
}

export type Sender = { fetch: typeof fetch; timeout_ms: number; address: string };

const isBytes = (data: unknown): data is Uint8Array<ArrayBuffer> => data instanceof Uint8Array;

function bodyOf(data: unknown): BodyInit | null {
  if (data === undefined) return null;
  return typeof data === 'string' || isBytes(data) ? data : JSON.stringify(data);
}

function addressOf({ url, params }: GoogleRequest): string {
  if (!params) return url;
  const query = new URLSearchParams(
    Object.entries(params).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return `${url}?${query}`;
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What a failed fetch says, with the cause that Node keeps apart. */
function silence(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** Sends once. Throws `GoogleError`, also where no answer came in time. */
export async function sendToGoogle<T>(request: GoogleRequest, token: string, sender: Sender): Promise<GoogleAnswer<T>> {
  const { method = 'GET', data, redirect, validateStatus = isSuccess } = request;
  const headers = new Headers(request.headers);
  headers.set('authorization', `Bearer ${token}`);
  if (data !== undefined && !isBytes(data) && !headers.has('content-type'))
    headers.set('content-type', 'application/json');
  const init = { method, headers, body: bodyOf(data), signal: AbortSignal.timeout(sender.timeout_ms) };
  let answer: GoogleAnswer<unknown>;
  try {
    const response = await sender.fetch(addressOf(request), { ...init, ...(redirect && { redirect }) });
    answer = { status: response.status, headers: response.headers, data: parsed(await response.text()) };
  } catch (error) {
    throw new GoogleError(silence(error), request, sender.address);
  }
  if (validateStatus(answer.status)) return answer as GoogleAnswer<T>;
  throw new GoogleError(`HTTP ${answer.status}`, request, sender.address, answer);
}
