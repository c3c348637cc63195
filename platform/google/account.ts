/** Signs in to Google as the house's service account, from inside a Worker. */
import { type gaxios, JWT } from 'google-auth-library';
import { serviceAccountKey } from './key.ts';
import { statusOf } from './refusal.ts';
import { signInError } from './sign-in.ts';
import { KeptToken, MARGIN_MS, type TokenStore } from './tokens.ts';

export type GoogleAccount = {
  /** The service account's key file, as JSON text. */
  key_json: string;
  /** One root that serves every Google path, for tests; default: Google's own hosts. */
  api_root?: string | undefined;
  /** Keeps tokens between invocations; default: in this isolate only. */
  tokens?: TokenStore | undefined;
  /** After this, a request counts as unanswered; Google itself gives up after three minutes. */
  timeout_ms?: number;
  fetch?: typeof fetch;
};

/** The narrowest scopes that publishing needs. */
export const SHEETS_SCOPE = 'https://www.googleapis.com/auth/spreadsheets';
export const BIGQUERY_SCOPE = 'https://www.googleapis.com/auth/bigquery';

export const SHEETS_HOST = 'https://sheets.googleapis.com';
export const BIGQUERY_HOST = 'https://bigquery.googleapis.com';

/** The root of an API: Google's host, or `api_root`. */
export const rootOf = (account: GoogleAccount, host: string): string =>
  account.api_root?.replace(/\/$/, '') ?? host;

const TIMEOUT_MS = 190_000;
const TOKEN_HOST = 'https://oauth2.googleapis.com';
/** A token that has to be renewed before it is used. */
const NO_TOKEN = { refresh_token: 'jwt-placeholder', expiry_date: 1 };

/**
 * Google's own client, with its tokens kept. It retries only a request that a stale token spoiled.
 */
export class GoogleClient extends JWT {
  /** The account's own address, for people to share with. */
  readonly address: string;
  readonly #kept: KeptToken;

  constructor(account: GoogleAccount, scope: string) {
    const { address, private_key } = serviceAccountKey(account.key_json);
    const tokenHost = rootOf(account, TOKEN_HOST);
    super({
      email: address,
      key: private_key,
      scopes: [scope],
      eagerRefreshThresholdMillis: MARGIN_MS,
      transporterOptions: {
        timeout: account.timeout_ms ?? TIMEOUT_MS,
        // The library has one fixed token address; the root for tests serves its own.
        fetchImplementation: (input, init) =>
          (account.fetch ?? fetch)(String(input).replace(TOKEN_HOST, tokenHost), init),
      },
    });
    // `Requests` retries within the budget of the publish; the library's own retries would come on
    // top.
    this.transporter.interceptors.request.add({
      resolved: async (options) => Object.assign(options, { retry: false, retryConfig: undefined }),
    });
    this.address = address;
    this.#kept = new KeptToken(account.tokens, [private_key, address, scope, tokenHost]);
  }

  /** Throws `SignInError` if Google does not let the account in. */
  async signIn(): Promise<void> {
    await this.getRequestHeaders();
  }

  /** Drops a token that Google refused: the next request gets a new one. */
  async dropToken(): Promise<void> {
    await this.#kept.drop(this.credentials.access_token);
    this.setCredentials(NO_TOKEN);
  }

  protected override async refreshTokenNoCache() {
    const kept = await this.#kept.find();
    if (kept) return { res: null, tokens: { ...kept } };
    try {
      const answer = await super.refreshTokenNoCache();
      await this.#kept.keep(answer.tokens);
      return answer;
    } catch (error) {
      throw signInError(error, this.address);
    }
  }

  protected override async requestAsync<T>(
    options: gaxios.GaxiosOptions,
    isAgain = false,
  ): Promise<gaxios.GaxiosResponse<T>> {
    try {
      return await super.requestAsync<T>(options, true);
    } catch (error) {
      if (statusOf(error) !== 401 || isAgain)
        throw Object.assign(error as object, { service_account: this.address });
      await this.dropToken();
      return this.requestAsync<T>(options, true);
    }
  }
}

/**
 * A client that signs in for `scope` as needed. Throws `config` if the key is not a service
 * account's.
 */
export const googleClient = (account: GoogleAccount, scope: string): GoogleClient =>
  new GoogleClient(account, scope);
