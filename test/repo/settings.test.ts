/** The pages, files and types that name settings and bindings say what the code takes. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { envExample } from '../../cli/env-example.ts';
import { configPath, WORKERS } from '../../cli/house/build.ts';
import { localSettings } from '../../core/settings.ts';
import type { Door } from '../../workers/ingest/doors/door.ts';
import { doors } from '../../workers/ingest/doors/index.ts';
import { workerSettings } from '../../workers/settings.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** Setting → the Workers that take it, of those that a person sets. */
function takers(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const take = (name: string, worker: string) =>
    found.set(name, [...new Set(found.get(name)).add(worker)]);
  for (const worker of WORKERS)
    for (const name of Object.keys(workerSettings[worker]))
      if (!(name in localSettings)) take(name, worker);
  for (const door of doors) for (const name of Object.keys(door.secrets)) take(name, 'ingest');
  return found;
}

it('.env.example lists every setting of the house on this machine (npm run contracts)', () => {
  expect(read('.env.example')).toBe(envExample());
  expect(envExample()).not.toContain('undefined');
});

it('docs/go-live.md gives each Worker the settings that it takes, and no other', () => {
  const rows = [...read('docs/go-live.md').matchAll(/^ *\| `(\w+)` \| ([\w, ]+) \|/gm)];
  const told = rows.map(([, name, workers]) => [name, workers!.split(', ').sort()]);
  const taken = [...takers()].map(([name, workers]) => [name, workers.sort()]);
  expect(new Map(told as [string, string[]][])).toEqual(new Map(taken as [string, string[]][]));
});

it('docs/doors.md lists every door with its address, schedule, settings and limit', () => {
  const settingsOf = (door: Door) =>
    Object.keys(door.secrets)
      .map((secret) => `\`${secret}\``)
      .join(', ');
  const lines = read('docs/doors.md').split('\n');
  const webhooks = doors.flatMap((door) =>
    door.webhook
      ? `| \`POST /webhooks/${door.name}\` | ${door.provider} | ${settingsOf(door)} | ` +
        `${door.webhook.maxBytes / 1_000_000} MB |`
      : [],
  );
  expect(lines.filter((line) => line.startsWith('| `POST /webhooks/'))).toEqual(webhooks);
  const polls = doors.flatMap((door) =>
    door.poll ? `| \`sync ${door.name}\` | \`${door.poll.cron}\` | ${settingsOf(door)} |` : [],
  );
  expect(lines.filter((line) => line.startsWith('| `sync '))).toEqual(polls);
});

type Bindings = Record<string, { binding?: string; name?: string }[]> & {
  queues?: { producers?: { binding: string }[] };
};
const types: Record<string, string> = {
  d1_databases: 'D1Database',
  kv_namespaces: 'KVNamespace',
  r2_buckets: 'R2Bucket',
  analytics_engine_datasets: 'AnalyticsEngineDataset',
  workflows: 'Workflow',
  ratelimits: 'RateLimit',
};

it.each(WORKERS)('%s declares the bindings of its wrangler.jsonc', (worker) => {
  const config = JSON.parse(readFileSync(configPath(worker), 'utf8')) as Bindings;
  const bound = [
    ...Object.entries(types).flatMap(([key, type]) =>
      (config[key] ?? []).map(({ binding, name }) => `${binding ?? name}: ${type}`),
    ),
    ...(config.queues?.producers ?? []).map(({ binding }) => `${binding}: Queue`),
  ];
  const [, body] = /export type Env = \{([^}]*)\}/.exec(read(`workers/${worker}/env.ts`))!;
  const declared = [...body!.matchAll(/(\w+): (\w+)/g)].map(([, name, type]) => `${name}: ${type}`);
  expect(declared.sort()).toEqual(bound.sort());
});
