/**
 * Keeps access tokens, in this isolate and between invocations. Google's own library gets and
 * renews them.
 */
import type { Credentials } from 'google-auth-library';
import { hash } from '../../core/hash.ts';

/** Where tokens are kept between invocations of a Worker; a KV namespace is one. */
export type TokenStore = {
  get(key: string): Promise<string | null>;
  put(key: string, value: string, options: { expirationTtl: number }): Promise<void>;
  delete(key: string): Promise<void>;
};

type Token = { access_token: string; token_type: string; expiry_date: number };

/** Validity that a token must have left, so that it outlives a call of three minutes. */
export const MARGIN_MS = 300_000;
/** The shortest lifetime that KV allows. */
const SHORTEST_TTL_S = 60;

/** Tokens of this isolate, under the same name as in the store. */
const known = new Map<string, Token>();

function parsed(text: string | null | undefined): Partial<Token> | null {
  try {
    return text ? (JSON.parse(text) as Partial<Token>) : null;
  } catch {
    return null;
  }
}

/**
 * The token of one account and scope. If the store fails, that costs one request for a token,
 * nothing else.
 */
export class KeptToken {
  readonly #name: string;
  readonly #store: TokenStore | undefined;
  readonly #refused = new Set<string>();

  /** `secrets` are what the token depends on; only their hash is kept. */
  constructor(store: TokenStore | undefined, secrets: string[]) {
    this.#store = store;
    this.#name = `google_token_${hash(JSON.stringify(secrets)).slice(0, 40)}`;
  }

  /** A token that is valid for `MARGIN_MS` or more, or null. */
  async find(): Promise<Token | null> {
    const here = this.#usable(known.get(this.#name));
    if (here) return here;
    const token = this.#usable(parsed(await this.#store?.get(this.#name).catch(() => null)));
    if (token) known.set(this.#name, token);
    return token;
  }

  async keep({ access_token, expiry_date }: Credentials): Promise<void> {
    const token = this.#usable({
      access_token: access_token ?? '',
      token_type: 'Bearer',
      expiry_date: expiry_date ?? 0,
    });
    if (!token) return;
    known.set(this.#name, token);
    const expirationTtl = Math.floor((token.expiry_date - MARGIN_MS - Date.now()) / 1000);
    if (expirationTtl >= SHORTEST_TTL_S)
      await this.#store?.put(this.#name, JSON.stringify(token), { expirationTtl }).catch(() => {});
  }

  /** Forgets a token that Google refused. */
  async drop(text: string | null | undefined): Promise<void> {
    if (!text) return;
    this.#refused.add(text);
    if (known.get(this.#name)?.access_token === text) known.delete(this.#name);
    await this.#store?.delete(this.#name).catch(() => {});
  }

  #usable(token: Partial<Token> | null | undefined): Token | null {
    if (!token?.access_token || this.#refused.has(token.access_token)) return null;
    return (token.expiry_date ?? 0) - MARGIN_MS > Date.now() ? (token as Token) : null;
  }
}
