/** Google's double as a child process, strict, and every request that reaches it, with its body. */
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const SHARED = process.env.SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));
const SERVER = join(SHARED, 'google-sandbox/server.mjs');
const EMAIL = 'exporter@acme-data.iam.gserviceaccount.com';

export const PROJECT = 'acme-data';
export const sandboxIsHere = existsSync(SERVER);
export const WHY_SKIPPED = 'the google-sandbox is not here: set SHARED to the folder that holds it';

type Entry = {
  n: number;
  method: string;
  path: string;
  status: number | null;
  bytesIn: number;
  errors: string[];
  warnings: string[];
};

export type GoogleSandbox = {
  /** GOOGLE_API_ROOT */
  root: string;
  /** The double itself: requests sent here are in its journal, their bodies are in no list. */
  url: string;
  /** GOOGLE_SERVICE_ACCOUNT_JSON */
  keyJson: string;
  /** Bodies of all requests so far, as text. */
  bodies: string[];
  control<T>(method: string, path: string, body?: unknown): Promise<T>;
  journal(after?: number): Promise<Entry[]>;
  close(): void;
};

/** Notes each request's body and passes it on, since the double keeps no bodies. */
async function recorder(target: string, bodies: string[]) {
  let root = '';
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      bodies.push((body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body).toString());
      const { method, headers } = incoming;
      forward(new URL(incoming.url!, target), { method, headers }, (answer) => {
        // A resumable upload goes on at the address that the double names: its own.
        const location = answer.headers.location?.replace(target, root);
        outgoing.writeHead(answer.statusCode!, {
          ...answer.headers,
          ...(location ? { location } : {}),
        });
        answer.pipe(outgoing);
      })
        .on('error', () => outgoing.destroy())
        .end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { root, close: () => server.close() };
}

/** `flags` are the double's own, such as `--sandbox`. */
export async function startGoogleSandbox(flags: string[] = []): Promise<GoogleSandbox> {
  const folder = mkdtempSync(join(tmpdir(), 'signalhouse-google-'));
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  writeFileSync(join(folder, 'public.pem'), publicKey);
  const audience = ['--token-audience', 'https://oauth2.googleapis.com/token'];
  const account = ['--sa-email', EMAIL, '--sa-public-key', join(folder, 'public.pem')];
  const engine = process.env.ZETASQL ? ['--zetasql', process.env.ZETASQL] : [];
  const child: ChildProcess = spawn(
    process.execPath,
    [SERVER, '--port', '0', ...account, ...audience, ...engine, ...flags],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the google-sandbox ended with ${code}`)));
  });
  const { url } = JSON.parse(line) as { url: string };
  const bodies: string[] = [];
  const { root, close } = await recorder(url, bodies);
  const control = async <T>(method: string, path: string, body?: unknown): Promise<T> =>
    (
      await fetch(url + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) })
    ).json() as Promise<T>;
  return {
    root,
    url,
    keyJson: JSON.stringify({
      type: 'service_account',
      client_email: EMAIL,
      private_key: privateKey,
    }),
    bodies,
    control,
    journal: async (after = 0) =>
      (await control<{ entries: Entry[] }>('GET', `/__journal?after=${after}`)).entries,
    close() {
      child.kill();
      close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
