/** Signs in to Google as the house's service account, from inside a Worker. */
import { AuthClient } from 'google-auth-library';
import { serviceAccountKey } from './key.ts';
import { statusOf } from './refusal.ts';
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

type Options = Parameters<AuthClient['request']>[0];

/** A client of Google's libraries; `request` answers as theirs does. It repeats nothing but what a stale token cost. */
class ServiceAccountClient extends AuthClient {
  readonly address: string;
  readonly #tokens: Tokens;
  readonly #timeout: number;

  constructor(account: GoogleAccount, scope: string) {
    const send: typeof fetch = (input, init) => (account.fetch ?? fetch)(input, init);
    super({ transporterOptions: { fetchImplementation: send } });
    const key = serviceAccountKey(account.key_json);
    this.address = key.address;
    this.#timeout = account.timeout_ms ?? TIMEOUT_MS;
    this.#tokens = new Tokens({
      key,
      scope,
      url: `${rootOf(account, TOKEN_HOST)}/token`,
      store: account.tokens,
      fetch: send,
      now: account.now ?? Date.now,
      timeout_ms: Math.min(this.#timeout, SIGN_IN_TIMEOUT_MS),
    });
  }

  async getAccessToken(): Promise<{ token: string }> {
    return { token: await this.#tokens.token() };
  }

  async getRequestHeaders(): Promise<Headers> {
    return new Headers({ authorization: `Bearer ${await this.#tokens.token()}` });
  }

  async request<T>(options: Options) {
    const token = await this.#tokens.token();
    try {
      return await this.#send<T>(options, token);
    } catch (error) {
      if (statusOf(error) !== 401) throw error;
      await this.#tokens.drop(token);
      return this.#send<T>(options, await this.#tokens.token());
    }
  }

  async #send<T>(options: Options, token: string) {
    const headers = new Headers(options.headers as HeadersInit);
    headers.set('authorization', `Bearer ${token}`);
    try {
      // Requests repeats, within the budget of the publish; the client's own retries would come on top.
      return await this.transporter.request<T>({ timeout: this.#timeout, ...options, headers, retry: false });
    } catch (error) {
      throw Object.assign(error as object, { service_account: this.address });
    }
  }
}

/** A client that signs in for `scope` as needed. Throws `config` where the key is not a service account's. */
export const googleClient = (account: GoogleAccount, scope: string): ServiceAccountClient =>
  new ServiceAccountClient(account, scope);
