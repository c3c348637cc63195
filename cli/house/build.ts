/**
 * Bundles the four Workers with wrangler, once per change of their sources: `index.js` of
 * `.build/<worker>/` is the text, `bundle.json` is the same as workerd asks for it, and
 * `options.json` says what the Worker is bound to. Starting a house then needs no wrangler, which
 * takes longer to load than all else.
 */
import { execFile } from 'node:child_process';
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { hash } from '../../core/hash.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const WORKERS = ['api', 'ingest', 'engine', 'export'] as const;
export type WorkerName = (typeof WORKERS)[number];

/** The rooms that a bundle may be made of. */
export const BUNDLED = ['core', 'sql', 'warehouse', 'platform', 'workers', 'web', 'looker'];
const SOURCES = [...BUNDLED, 'package-lock.json'];
const run = promisify(execFile);

export const configPath = (worker: WorkerName) => join(ROOT, 'workers', worker, 'wrangler.jsonc');
const folderOf = (worker: WorkerName) => join(ROOT, '.build', worker);
/** The module that the bundle is, named from the root of the repository. */
export const moduleName = (worker: WorkerName) => `.build/${worker}/index.js`;
/** The bundle as JSON: the name of the module, and its text. */
export const bundlePath = (worker: WorkerName) => join(folderOf(worker), 'bundle.json');
/** What the Worker's `wrangler.jsonc` says, as Miniflare takes it. */
export const optionsPath = (worker: WorkerName) => join(folderOf(worker), 'options.json');

/**
 * Says which files the sources are, and when each was changed: another text where one has changed
 * meanwhile, has gone, or is an older one again.
 */
function stateOfSources(): string {
  const walk = (path: string): string[] => {
    const entry = statSync(path);
    if (!entry.isDirectory()) return [`${path} ${entry.size} ${entry.mtimeMs}`];
    return readdirSync(path).flatMap((name) => walk(join(path, name)));
  };
  return hash(SOURCES.flatMap((name) => walk(join(ROOT, name))).join('\n'));
}

/** Stands beside a bundle: what the sources were when its making began. */
const madeOf = (folder: string) => join(folder, 'sources');

/** A view or a style, which wrangler leaves beside the bundle as a module of its own. */
const TEXT_IMPORT = /^import (\w+) from "\.\/([^"]+)";$/gm;

/**
 * Puts the texts into the bundle, so that workerd asks for one module and not for 500. They stand
 * in the first line, so that the lines of the source map stay. Making the JSON here and not at each
 * start saves half a second of each.
 */
function finishBundle(worker: WorkerName, folder: string): void {
  const path = join(folder, 'index.js');
  const texts: string[] = [];
  const code = readFileSync(path, 'utf8').replace(TEXT_IMPORT, (_, name, file) => {
    texts.push(`var ${name} = ${JSON.stringify(readFileSync(join(folder, file), 'utf8'))};`);
    return '';
  });
  const esModule = texts.join(' ') + code;
  writeFileSync(path, esModule);
  writeFileSync(
    join(folder, basename(bundlePath(worker))),
    JSON.stringify({ name: moduleName(worker), esModule }),
  );
}

async function writeOptions(worker: WorkerName, folder: string): Promise<void> {
  const { unstable_getMiniflareWorkerOptions: read } = await import('wrangler');
  const { modulesRules: _, ...options } = read(configPath(worker)).workerOptions;
  writeFileSync(join(folder, basename(optionsPath(worker))), JSON.stringify(options));
}

/**
 * Bundles each Worker that was made of other sources; a failed bundle throws with wrangler's own
 * message.
 */
export async function buildWorkers(say: (line: string) => void = () => {}): Promise<void> {
  const sources = stateOfSources();
  const isCurrent = (path: string) => existsSync(path) && readFileSync(path, 'utf8') === sources;
  const stale = WORKERS.filter((worker) => !isCurrent(madeOf(folderOf(worker))));
  if (stale.length > 0) say(`bundling ${stale.length} Workers`);
  await Promise.all(
    stale.map(async (worker) => {
      // Another process may bundle at the same time, or be stopped: a bundle appears whole or not
      // at all.
      const folder = folderOf(worker);
      const part = `${folder}.${process.pid}.part`;
      await run(
        process.execPath,
        [
          join(ROOT, 'node_modules/wrangler/bin/wrangler.js'),
          'deploy',
          '--dry-run',
          `--outdir=${part}`,
          `--config=${configPath(worker)}`,
        ],
        { cwd: ROOT, env: { ...process.env, WRANGLER_SEND_METRICS: 'false' } },
      ).catch((error) => {
        throw new Error(`bundling workers/${worker} failed:\n${error.stdout}\n${error.stderr}`);
      });
      finishBundle(worker, part);
      await writeOptions(worker, part);
      writeFileSync(madeOf(part), sources);
      rmSync(folder, { recursive: true, force: true });
      renameSync(part, folder);
    }),
  );
}
