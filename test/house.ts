/**
 * A whole house for a test: real workerd with real D1, queues and workflows in a folder of its own.
 */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Miniflare, Request, Response } from 'miniflare';
import { ROOT } from '../cli/house/build.ts';
import { startRuntime } from '../cli/house/runtime.ts';

/** A house with all its tables and no rows; `test/build.ts` makes it. */
export const MIGRATED = join(ROOT, '.build/migrated');

/** Fills the data folder of a house that is not open with that one. */
export function migrate(folder: string): void {
  if (existsSync(MIGRATED)) cpSync(MIGRATED, folder, { recursive: true });
}

export const TOKEN = 'test-token';
export const RESEND_SECRET = `whsec_${btoa('a secret that only tests know')}`;

export type TestHouse = {
  runtime: Miniflare;
  url: URL;
  db: D1Database;
  /** A request with the API token. */
  call(path: string, init?: RequestInit): Promise<globalThis.Response>;
  /**
   * Waits until `query` (one row, one column) gives `expected`, or fails with what it gave last.
   */
  until(query: string, expected: unknown, timeoutMs?: number): Promise<void>;
  /** Ends the rest that D1 has after a refresh, so that the next page refreshes the marts. */
  endRest(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Moments to look whether something has come true, for `timeoutMs`: ever rarer, since each look
 * takes time from what it waits for.
 */
export async function* looks(timeoutMs: number): AsyncGenerator<void> {
  const from = Date.now();
  for (let waited = 0; waited < timeoutMs; waited = Date.now() - from) {
    yield;
    await new Promise((resolve) => setTimeout(resolve, 20 + waited / 4));
  }
}

/** Opens an empty house; nothing outside is reachable unless `outside` answers for it. */
export async function openTestHouse(
  options: {
    env?: Record<string, string>;
    outside?: (request: Request) => Promise<Response>;
    /** Gets what the Workers log. */
    onLog?: (line: string) => void;
  } = {},
): Promise<TestHouse> {
  const persist = mkdtempSync(join(tmpdir(), 'signalhouse-test-'));
  migrate(persist);
  const runtime = await startRuntime({
    persist,
    batchWait: 0.05,
    ...(options.onLog ? { onLog: options.onLog } : {}),
    env: {
      API_TOKEN: TOKEN,
      RESEND_WEBHOOK_SECRET: RESEND_SECRET,
      CONTACT_KEY_SECRET: 'test-contact-key-secret',
      HOUSE_ID: 'test-house',
      ...options.env,
    },
    outside:
      options.outside ??
      (async (request) => {
        throw new Error(`a request to ${request.url} left the house`);
      }),
  });
  const url = await runtime.ready;
  const db = (await runtime.getD1Database('DB', 'signalhouse-api')) as unknown as D1Database;
  return {
    runtime,
    url,
    db,
    call: (path, init = {}) =>
      fetch(new URL(path, url), {
        ...init,
        headers: { authorization: `Bearer ${TOKEN}`, ...init.headers },
      }),
    async until(query, expected, timeoutMs = 20_000) {
      let last: unknown;
      for await (const _ of looks(timeoutMs)) {
        last = Object.values((await db.prepare(query).first<Record<string, unknown>>()) ?? {})[0];
        if (last === expected) return;
      }
      throw new Error(`${query}: expected ${expected}, still ${last}`);
    },
    async endRest() {
      await db.prepare('update mart_refreshes set finished_at = 0 where finished_at > 0').run();
    },
    async close() {
      await runtime.dispose();
      rmSync(persist, { recursive: true, force: true });
    },
  };
}
