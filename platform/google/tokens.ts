/** Access tokens of the service account: signed for, kept until shortly before they expire, dropped when Google refuses one. */
import { hash } from '../../core/hash.ts';
import { type ServiceAccountKey, signerOf } from './key.ts';
import { type Refusal, SignInError } from './refusal.ts';

/** Where tokens are kept between invocations of a Worker; a KV namespace is one. */
export type TokenStore = {
  get(key: string): Promise<string | null>;
  put(key: string, value: string, options: { expirationTtl: number }): Promise<void>;
  delete(key: string): Promise<void>;
};

export type TokenOptions = {
  key: ServiceAccountKey;
  scope: string;
  /** Where tokens are asked for. */
  url: string;
  store?: TokenStore | undefined;
  fetch: typeof fetch;
  now: () => number;
  timeout_ms: number;
};

type Token = { text: string; expires_at: number };

export const TOKEN_HOST = 'https://oauth2.googleapis.com';
/** Whom a request for a token is meant for, wherever it is sent. */
const AUDIENCE = `${TOKEN_HOST}/token`;
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const LIFETIME_S = 3600;
/** A call of three minutes that begins with a token also ends with it. */
const MARGIN_MS = 300_000;
/** The shortest life that KV knows. */
const SHORTEST_TTL_S = 60;

/** Tokens of this isolate, by the same key as in the store. */
const known = new Map<string, Token>();

const base64url = (value: string | Uint8Array): string => Buffer.from(value as Uint8Array).toString('base64url');

/** Minutes by which this machine's clock is ahead of Google's, where Google said its time. */
function minutesAhead(response: Response, now: number): number | undefined {
  const theirs = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(theirs) ? undefined : Math.round((now - theirs) / 60_000);
}

export class Tokens {
  readonly #options: TokenOptions;
  /** A hash that reveals neither key nor account. */
  readonly #name: string;
  #asked: Promise<Token> | null = null;
  #refused = new Set<string>();

  constructor(options: TokenOptions) {
    this.#options = options;
    const { key, scope, url } = options;
    this.#name = `google_token_${hash(JSON.stringify([key.private_key, key.address, scope, url])).slice(0, 40)}`;
  }

  /** A token that is good for minutes to come. Throws `SignInError`, or `config` for a key that cannot sign. */
  async token(): Promise<string> {
    const kept = this.#usable(known.get(this.#name)) ?? (await this.#stored());
    if (kept) return kept.text;
    this.#asked ??= this.#ask().finally(() => {
      this.#asked = null;
    });
    return (await this.#asked).text;
  }

  /** Google refused this token: the next one is signed for anew. */
  async drop(text: string): Promise<void> {
    this.#refused.add(text);
    if (known.get(this.#name)?.text === text) known.delete(this.#name);
    await this.#options.store?.delete(this.#name).catch(() => {});
  }

  #usable(token: Token | null | undefined): Token | null {
    if (!token || this.#refused.has(token.text)) return null;
    return token.expires_at - MARGIN_MS > this.#options.now() ? token : null;
  }

  /** A store that fails costs one request for a token, nothing else. */
  async #stored(): Promise<Token | null> {
    const text = await this.#options.store?.get(this.#name).catch(() => null);
    const token = this.#usable(text ? (jsonOf(text) as Token) : null);
    if (token) known.set(this.#name, token);
    return token;
  }

  async #ask(): Promise<Token> {
    const { store, now } = this.#options;
    const { response, text } = await this.#send(await this.#assertion());
    const answer = jsonOf(text);
    if (!response.ok || typeof answer.access_token !== 'string')
      throw new SignInError(this.#refusal(response, answer), this.#options.key.address);
    const lifetime = Number(answer.expires_in ?? LIFETIME_S);
    const token = { text: answer.access_token, expires_at: now() + lifetime * 1000 };
    known.set(this.#name, token);
    const expirationTtl = Math.floor(lifetime - MARGIN_MS / 1000);
    if (expirationTtl >= SHORTEST_TTL_S)
      await store?.put(this.#name, JSON.stringify(token), { expirationTtl }).catch(() => {});
    return token;
  }

  async #assertion(): Promise<string> {
    const { key, scope, now } = this.#options;
    const sign = await signerOf(key);
    const iat = Math.floor(now() / 1000);
    const claims = { iss: key.address, scope, aud: AUDIENCE, iat, exp: iat + LIFETIME_S };
    const text = [{ alg: 'RS256', typ: 'JWT' }, claims].map((part) => base64url(JSON.stringify(part))).join('.');
    return `${text}.${base64url(await sign(text))}`;
  }

  async #send(assertion: string): Promise<{ response: Response; text: string }> {
    const { url, timeout_ms, key } = this.#options;
    try {
      const response = await this.#options.fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ grant_type: GRANT, assertion }).toString(),
        signal: AbortSignal.timeout(timeout_ms),
      });
      return { response, text: await response.text() };
    } catch (error) {
      throw new SignInError({ kind: 'busy', status: 0, said: (error as Error).message }, key.address);
    }
  }

  #refusal(response: Response, answer: Record<string, unknown>): Refusal {
    const { status } = response;
    const said = String(answer.error_description ?? answer.error ?? `the sign-in answered ${status}`);
    if (status === 429 || status >= 500) return { kind: 'busy', status, said };
    if (/\biat\b|\bexp\b|reasonable timeframe/i.test(said)) {
      const minutes = minutesAhead(response, this.#options.now());
      return { kind: 'clock_wrong', status, said, ...(minutes === undefined ? {} : { minutes_ahead: minutes }) };
    }
    if (/account not found|disabled|deleted/i.test(said)) return { kind: 'account_gone', status, said };
    if (answer.error === 'invalid_grant') return { kind: 'key_revoked', status, said };
    return { kind: 'refused', status, said };
  }
}

function jsonOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
