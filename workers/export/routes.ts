/**
 * `POST /exports`, `GET /exports/status`, `GET /exports/:instance`, `GET /exports/latest`,
 * `GET /exports/sheets`, `GET /exports/files/<run_id>/<file>`: API token only.
 */
import { Hono } from 'hono';
import { z } from 'zod';
import { now } from '../../core/clock.ts';
import { destinationNames } from '../../core/destinations.ts';
import { Fault } from '../../core/faults.ts';
import { instantSpan, isInstant } from '../../core/instant.ts';
import { parseInstant } from '../../core/written-instant.ts';
import { fileKey, fileKinds, readManifest } from '../../platform/files/manifest.ts';
import { readTabs } from '../../platform/sheets/tabs.ts';
import { MOST_ATTEMPTS } from '../../warehouse/jobs.ts';
import { readNight } from '../../warehouse/nights/runs.ts';
import { answerFaults, needToken, readBody } from '../http.ts';
import { latestDueOf } from '../jobs.ts';
import { configuredDestinations } from './destinations.ts';
import { type Env, parseConfig } from './env.ts';
import { night } from './jobs/night.ts';
import { readNightState } from './night-state.ts';
import { startNight } from './start.ts';

const body = z
  .object({
    to: z.array(z.enum(destinationNames)).min(1).optional(),
    as_of: z.union([z.string(), z.number()]).optional(),
  })
  .default({});

export const routes = new Hono<{ Bindings: Env }>();

routes.onError(answerFaults());
routes.use(needToken);

routes.post('/exports', async (context) => {
  const config = parseConfig(context.env);
  const { to, as_of } = await readBody(context, body);
  const instant =
    as_of === undefined ? now(config) : parseInstant(String(as_of), config.BUSINESS_TIME_ZONE);
  if (instant === undefined)
    throw new Fault('bad_input', 'as_of: an instant as ISO 8601 or epoch milliseconds');
  if (instant > now(config) || !isInstant(instant))
    throw new Fault(
      'bad_input',
      `as_of: from ${instantSpan.first}, where the calendar begins, to now; not ${new Date(
        instant,
      ).toISOString()}`,
    );
  const started = startNight(context.env, to ?? configuredDestinations(config), instant, {
    anyInstant: as_of === undefined,
  });
  return context.json(await started, 202);
});

routes.get('/exports/latest', async (context) => {
  const manifest = await readManifest(context.env.STORAGE);
  if (!manifest) throw new Fault('not_found', 'no files are published yet: POST /exports');
  return context.json(manifest);
});

/** Where the published tabs are; a house may publish to a spreadsheet only. */
routes.get('/exports/sheets', async (context) => {
  const sheets = await readTabs(context.env.STORAGE);
  if (!sheets)
    throw new Fault('not_found', 'nothing is published to a spreadsheet yet: POST /exports');
  return context.json(sheets);
});

routes.get('/exports/files/:run/:file', async (context) => {
  const { run, file } = context.req.param();
  const manifest = await readManifest(context.env.STORAGE);
  const [name, kind] = file.split('.');
  const mart =
    manifest?.run_id === run ? manifest.marts.find((each) => each.name === name) : undefined;
  const known = fileKinds.find((each) => each === kind);
  const object =
    mart && known && (await context.env.STORAGE.get(fileKey(mart.load_id, mart.name, known)));
  if (!object)
    throw new Fault(
      'not_found',
      `no file ${file} in run ${run}; GET /exports/latest names the run that is there`,
    );
  return context.body(object.body, 200, {
    'content-type': object.httpMetadata?.contentType ?? 'application/octet-stream',
  });
});

routes.get('/exports/status', async (context) => {
  const due = latestDueOf(night, context.env, now(parseConfig(context.env)));
  const state = await readNightState(context.env, due!);
  return context.json({ ...state, most_attempts: MOST_ATTEMPTS });
});

routes.get('/exports/:instance', async (context) => {
  const instance = context.req.param('instance');
  const [run_id, attempt] = instance.split('-');
  const run = await readNight(context.env.DB, run_id!, Number(attempt));
  if (!run) throw new Fault('not_found', `no night ${instance}`);
  return context.json({ instance, ...run });
});
