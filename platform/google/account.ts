/** Signs in to Google as the house's service account, from inside a Worker. */
import { type GoogleAnswer, GoogleError, type GoogleRequest, type Sender, sendToGoogle } from './http.ts';
import { serviceAccountKey } from './key.ts';
import { TOKEN_HOST, type TokenStore, Tokens } from './tokens.ts';

export type GoogleAccount = {
  /** The service account's key file as JSON text. */
  key_json: string;
  /** One root that serves every Google path, for tests; absent: Google's own hosts. */
  api_root?: string | undefined;
  /** Keeps tokens between invocations; absent: this isolate only. */
  tokens?: TokenStore | undefined;
  /** After which a request counts as unanswered; Google itself gives up after three minutes. */
  timeout_ms?: number;
  fetch?: typeof fetch;
  now?: () => number;
};

/** The least that publishing takes. */
export const SHEETS_SCOPE = 'https://www.googleapis.com/auth/spreadsheets';
export const BIGQUERY_SCOPE = 'https://www.googleapis.com/auth/bigquery';

export const SHEETS_HOST = 'https://sheets.googleapis.com';
export const BIGQUERY_HOST = 'https://bigquery.googleapis.com';

/** Where an API answers: Google's host, or the one root for all of them. */
export const rootOf = (account: GoogleAccount, host: string): string => account.api_root?.replace(/\/$/, '') ?? host;

const TIMEOUT_MS = 190_000;
const SIGN_IN_TIMEOUT_MS = 30_000;

/** Asks Google's APIs as the service account. It repeats nothing but what a stale token cost. */
export class GoogleClient {
  /** The account's own address, for people to share with. */
  readonly address: string;
  readonly #tokens: Tokens;
  readonly #sender: Sender;

  constructor(account: GoogleAccount, scope: string) {
    const key = serviceAccountKey(account.key_json);
    const send: typeof fetch = (input, init) => (account.fetch ?? fetch)(input, init);
    const timeout_ms = account.timeout_ms ?? TIMEOUT_MS;
    this.address = key.address;
    this.#sender = { fetch: send, timeout_ms, address: key.address };
    this.#tokens = new Tokens({
      key,
      scope,
      url: `${rootOf(account, TOKEN_HOST)}/token`,
      store: account.tokens,
      fetch: send,
      now: account.now ?? Date.now,
      timeout_ms: Math.min(timeout_ms, SIGN_IN_TIMEOUT_MS),
    });
  }

  /** Throws `SignInError` where Google does not let the account in. */
  async signIn(): Promise<void> {
    await this.#tokens.token();
  }

  /** Throws `GoogleError`, or `SignInError` where it did not come to the request. */
  async request<T>(request: GoogleRequest): Promise<GoogleAnswer<T>> {
    const token = await this.#tokens.token();
    try {
      return await sendToGoogle<T>(request, token, this.#sender);
    } catch (error) {
      if (!(error instanceof GoogleError) || error.status !== 401) throw error;
      await this.#tokens.drop(token);
      return sendToGoogle<T>(request, await this.#tokens.token(), this.#sender);
    }
  }
}

/** A client that signs in for `scope` as needed. Throws `config` where the key is not a service account's. */
export const googleClient = (account: GoogleAccount, scope: string): GoogleClient => new GoogleClient(account, scope);
