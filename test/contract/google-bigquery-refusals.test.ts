/**
 * What BigQuery refuses: each a message that says what to do, and nothing that readers see changes.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bigqueryDestination } from '../../platform/bigquery/destination.ts';
import { type BigQueryPlace, bigQueryPlace } from './bigquery-place.ts';
import {
  type GoogleSandbox,
  PROJECT,
  sandboxIsHere,
  startGoogleSandbox,
  WHY_SKIPPED,
} from './google-sandbox.ts';
import { everyType, rowsOfEveryType, run, table, tiny } from './tables.ts';

const MONDAY = Date.UTC(2026, 5, 1);
const ADDRESS = 'exporter@acme-data.iam.gserviceaccount.com';

describe.skipIf(!sandboxIsHere)(
  `bigquery refused${sandboxIsHere ? '' : ` (${WHY_SKIPPED})`}`,
  () => {
    let google: GoogleSandbox;
    let place: BigQueryPlace;
    let n = 0;
    const tables = (night: string) => [
      table(everyType, rowsOfEveryType, night),
      table(tiny, [[night]], night),
    ];
    const publish = (night: string, options = {}) =>
      place.publish(run(MONDAY, { run_id: night }), tables(night), options);
    const fault = (match: object, every: number | true, kind: string) =>
      google.control('POST', '/__faults', [{ match, every, kind }]);
    const shown = async () => (await place.seen('tiny')).map(({ word }) => word);

    beforeAll(async () => {
      google = await startGoogleSandbox();
    });
    beforeEach(async () => {
      await google.control('POST', '/__faults', []);
      n += 1;
      place = await bigQueryPlace(google, `refused${n}`, 'europe-west3');
      await publish('monday');
    });
    afterAll(() => google?.close());

    it.each([
      [
        'dataset',
        PROJECT,
        'nowhere',
        /dataset acme-data\.nowhere: .*make the dataset .* BIGQUERY_DATASET/,
      ],
      ['project', 'acme-other', 'house', /dataset acme-other\.house: /],
    ])('says which %s is not there, and what to set', async (_, project, dataset, message) => {
      const elsewhere = bigqueryDestination(
        { key_json: google.keyJson, api_root: google.root },
        project,
        dataset,
      );
      await expect(elsewhere.publish(run(MONDAY), tables('monday'))).rejects.toMatchObject({
        code: 'destination_refused',
        message: expect.stringMatching(message),
      });
    });

    it.each([
      ['jobs', 'POST', /\/upload\//, 'BigQuery Job User', 'bigquery.jobs.create'],
      ['tables', 'GET', /\/tables\/\w+(\?|$)/, 'BigQuery Data Editor', 'bigquery.tables.get'],
    ] as const)(
      'names the role that %s take, and the account that lacks it',
      async (_, method, path, role, permission) => {
        const said =
          `Access Denied: Project ${PROJECT}: User does not have ${permission} permission ` +
          `in project ${PROJECT}.`;
        const denying: typeof fetch = (input, init) => {
          if ((init?.method ?? 'GET') !== method || !path.test(String(input)))
            return fetch(input, init);
          const error = {
            code: 403,
            message: said,
            errors: [{ reason: 'accessDenied', message: said }],
          };
          return Promise.resolve(Response.json({ error }, { status: 403 }));
        };
        await expect(publish('tuesday', { carry: denying })).rejects.toMatchObject({
          code: 'destination_refused',
          message: expect.stringMatching(new RegExp(`${permission}.*${ADDRESS}.*${role}`)),
        });
        expect(await shown()).toEqual(['monday']);
      },
    );

    it.each(['status:429', 'status:403:rateLimitExceeded', 'status:503', 'status:500'])(
      'tries again after %s, and publishes',
      async (kind) => {
        await fault({ path: '/**/projects/**' }, 7, kind);
        await publish('tuesday');
        expect(await shown()).toEqual(['tuesday']);
      },
    );

    it('gives up within its budget if BigQuery is silent; readers see what they saw', async () => {
      await fault({ method: 'POST', path: '/upload/**' }, true, 'status:503');
      await expect(publish('tuesday')).rejects.toMatchObject({ code: 'destination_busy' });
      const journal = await google.journal();
      expect(journal.filter(({ status }) => status === 503).length).toBeLessThanOrEqual(31);
      expect(await shown()).toEqual(['monday']);
    });

    it('says when the day’s loads of a table are used up', async () => {
      const said =
        'Quota exceeded: Your table exceeded quota for imports or query appends per table';
      const status = { state: 'DONE', errorResult: { reason: 'quotaExceeded', message: said } };
      const usedUp: typeof fetch = async (input, init) => {
        const answer = await fetch(input, init);
        if (!/\/jobs\/signalhouse_/.test(String(input))) return answer;
        return Response.json({ ...((await answer.json()) as object), status });
      };
      await expect(publish('tuesday', { carry: usedUp })).rejects.toMatchObject({
        code: 'destination_refused',
        message: expect.stringMatching(
          /Quota exceeded: .*1,500 loads per table and day: the next night catches up/,
        ),
      });
      expect(await shown()).toEqual(['monday']);
      await publish('tuesday');
      expect(await shown()).toEqual(['tuesday']);
    });

    it('finds its jobs outside the multi-regions, in the region of the dataset', async () => {
      const { jobs } = await google.control<{ jobs: { jobReference: { location: string } }[] }>(
        'GET',
        `/__bigquery/${PROJECT}`,
      );
      expect(new Set(jobs.map(({ jobReference }) => jobReference.location))).toEqual(
        new Set(['europe-west3']),
      );
    });
  },
);
