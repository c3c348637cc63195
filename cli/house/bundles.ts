/**
 * The bundles as workerd gets them. Their texts would be 8 of the 9 MB of its configuration, which
 * Miniflare copies each time it grows: more than half of the time that a house takes to start. So
 * the configuration holds a line per Worker, and workerd asks for the bundle that it names.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Request, Response } from 'miniflare';
import { bundlePath, moduleName, ROOT, WORKERS, type WorkerName } from './build.ts';

/** The Worker's one module in the configuration. */
export function moduleOf(worker: WorkerName) {
  const bundle = `/${moduleName(worker)}`;
  return {
    type: 'ESModule' as const,
    // Never read; it only names the module.
    path: join(ROOT, '.build', worker, 'start.js'),
    contents: `export * from '${bundle}'; export { default } from '${bundle}';`,
  };
}

/** Answers workerd, which asks for a module that its configuration lacks. */
export function serveBundle(request: Request): Response {
  const asked = new URL(request.url).searchParams.get('specifier');
  const worker = WORKERS.find((name) => `/${moduleName(name)}` === asked);
  return worker
    ? new Response(readFileSync(bundlePath(worker)))
    : new Response(null, { status: 404 });
}
