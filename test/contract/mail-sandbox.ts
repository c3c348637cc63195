/** The double of Resend and SendGrid as a child process, strict. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SHARED = process.env.SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));
const SERVER = join(SHARED, 'mail-sandbox/server.mjs');

export const mailSandboxIsHere = existsSync(SERVER);
export const API_KEY = 're_sandbox';
export const DOMAIN = 'mail.house.example';

export type MailSandbox = {
  /** RESEND_BASE_URL, and where it is controlled. */
  url: string;
  /** A request that must succeed; `path` begins with `/__` for the controls. */
  call<T>(path: string, body?: unknown): Promise<T>;
  /** Waits until nothing is under way; then moves the clock, so that retries and late mail come. */
  settle(): Promise<void>;
  close(): void;
};

export async function startMailSandbox(): Promise<MailSandbox> {
  const keys = ['--api-key', API_KEY, '--domain', DOMAIN, '--rate-limit', '0'];
  const child = spawn(process.execPath, [SERVER, '--port', '0', ...keys], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the mail-sandbox ended with ${code}`)));
  });
  const { url } = JSON.parse(line) as { url: string };
  const call = async <T>(path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${API_KEY}`,
        'content-type': 'application/json',
        'user-agent': 'a test',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as T;
  };
  const settle = async () => {
    for (const advanceMs of [0, 60_000, 6 * 60_000, 3_600_000]) {
      await call('/__settle', {});
      if (advanceMs > 0) await call('/__clock', { advanceMs });
    }
    await call('/__settle', {});
  };
  return { url, call, settle, close: () => child.kill() };
}
