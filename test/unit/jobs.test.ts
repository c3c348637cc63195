/** The tables of jobs: Cloudflare fires their crons and no others, and no cron fails in silence. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { configPath } from '../../cli/house/build.ts';
import { cronsOfHouse } from '../../cli/house/crons.ts';
import { jobs as engine } from '../../workers/engine/jobs/index.ts';
import { jobs as exporter } from '../../workers/export/jobs/index.ts';
import { jobs as ingest } from '../../workers/ingest/jobs/index.ts';
import { scheduled } from '../../workers/jobs.ts';

const tables = [
  ['api', []],
  ['ingest', ingest],
  ['engine', engine],
  ['export', exporter],
] as const;

it.each(tables)('the crons of %s are those of its jobs', (worker, jobs) => {
  const config = JSON.parse(readFileSync(configPath(worker), 'utf8'));
  expect(new Set(config.triggers?.crons)).toEqual(new Set(jobs.map(({ cron }) => cron)));
});

it('every job has a name of its own, since all share one table', () => {
  const names = tables.flatMap(([, jobs]) => jobs.map(({ name }) => name));
  expect(names.length).toBe(new Set(names).size);
});

it('a cron that cannot be read is refused at once, naming its Worker and job', () => {
  const toy = { name: 'toy', cron: '*/90 * * * *', run: async () => 'done' as const };
  expect(() => scheduled('engine', [toy])).toThrow(
    'workers/engine: job toy: the cron "*/90 * * * *": "*/90" is no minute: it takes 0 to 59',
  );
});

it('the local house reads every cron', () => {
  const found = cronsOfHouse().map(({ worker, cron }) => `${worker} ${cron}`);
  expect(found).toEqual([
    'ingest * * * * *',
    'ingest */15 * * * *',
    'engine 30 * * * *',
    'engine * * * * *',
    'export 0 * * * *',
  ]);
});
