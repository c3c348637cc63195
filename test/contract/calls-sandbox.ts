/** The double of Aircall, Discord, Slack, Stripe and Cal.com as a child process, strict. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SHARED = process.env.SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));
const SERVER = join(SHARED, 'calls-sandbox/server.mjs');
/** Fills the double with a fortnight, and writes what is true of it. */
export const SEED = join(SHARED, 'calls-sandbox/seed/seed.mjs');

export const callsSandboxIsHere = existsSync(SERVER);
export const WHY_SKIPPED = 'the calls-sandbox is not here: set SHARED to the folder that holds it';

export type CallsSandbox = {
  url: string;
  /** Asks its control; a refusal throws with its words. */
  control<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
  close(): void;
};

/** `flags` are the double's own, such as `--aircall-limit`. */
export async function startCallsSandbox(flags: string[] = []): Promise<CallsSandbox> {
  const child: ChildProcess = spawn(process.execPath, [SERVER, '--port', '0', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the calls-sandbox ended with ${code}`)));
  });
  const { url } = JSON.parse(line) as { url: string };
  return {
    url,
    async control<T>(method: string, path: string, body?: unknown) {
      const answer = await fetch(url + path, {
        method,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    close: () => void child.kill(),
  };
}
