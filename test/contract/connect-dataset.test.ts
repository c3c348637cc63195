/**
 * `connect google` on a dataset: every outcome that a first attempt can have, with its fix, and
 * nothing left behind.
 */
import { describe, expect, it } from 'vitest';
import { houseLabel } from '../../platform/bigquery/labels.ts';
import { BIGQUERY_SCOPE, googleClient } from '../../platform/google/account.ts';
import { apiError, json } from '../unit/google-edge.ts';
import { connecting, failing, HOUSE, row } from './connecting.ts';
import { PROJECT, sandboxIsHere, WHY_SKIPPED } from './google-sandbox.ts';

const place = (dataset = 'house', project = PROJECT) => ({
  BIGQUERY_PROJECT: project,
  BIGQUERY_DATASET: dataset,
});

describe.skipIf(!sandboxIsHere)(
  `connect google: a dataset${sandboxIsHere ? '' : ` (${WHY_SKIPPED})`}`,
  () => {
    const { google, account, check, endsWell } = connecting();
    const denied = (message: string) =>
      json(403, apiError(403, 'PERMISSION_DENIED', `Access Denied: ${message}`, 'accessDenied'));

    it('that the account may fill is right, and stays as it was', async () => {
      const before = await google().control('GET', `/__bigquery/${PROJECT}`);
      const rows = await check(place());
      expect(failing(rows)).toEqual([]);
      expect(rows.map((one) => one.check).slice(2)).toEqual([
        'dataset',
        'data editor',
        'job user',
        'expiry',
        'tables',
      ]);
      expect(row(rows, 'dataset').found).toContain('europe-west3');
      expect(await google().control('GET', `/__bigquery/${PROJECT}`)).toEqual(before);
    });

    it('that is not there is refused with the fix', async () => {
      expect(failing(await check(place('nowhere')))).toMatchObject([
        { check: 'dataset', fix: expect.stringMatching(/make the dataset/) },
      ]);
    });

    it('of another project than the key says so', async () => {
      const key = JSON.stringify({ ...JSON.parse(google().keyJson), project_id: 'acme-data' });
      const rows = await check(
        { ...place('house', 'acme-dwh'), GOOGLE_SERVICE_ACCOUNT_JSON: key },
        (url) =>
          url.includes('acme-dwh')
            ? denied(
                'Dataset acme-dwh:house: Permission bigquery.datasets.get denied on dataset ' +
                  'acme-dwh:house (or it may not exist).',
              )
            : undefined,
      );
      const [wrong] = failing(rows);
      expect(wrong!.found).toMatch(
        /the key is of the project acme-data, BIGQUERY_PROJECT says acme-dwh/,
      );
      expect(wrong!.fix).toMatch(/BIGQUERY_PROJECT.+grant exporter@/);
    });

    it('that is read-only is told from a project where the account may run no jobs', async () => {
      const editor = await check(place(), (_, method) =>
        method === 'PATCH'
          ? denied(
              'Table acme-data:house.x: Permission bigquery.tables.update denied on table ' +
                'acme-data:house.x (or it may not exist).',
            )
          : undefined,
      );
      expect(failing(editor)).toMatchObject([
        { check: 'data editor', fix: expect.stringMatching(/Data Editor on the dataset/) },
      ]);
      const jobs = await check(place(), (url, method) =>
        method === 'POST' && url.endsWith('/jobs')
          ? denied(
              'Project acme-data: User does not have bigquery.jobs.create permission in project ' +
                'acme-data.',
            )
          : undefined,
      );
      expect(failing(jobs)).toMatchObject([
        { check: 'job user', fix: expect.stringMatching(/Job User on the project/) },
      ]);
    });

    it('with tables of another house, or of a person under our names, is refused', async () => {
      await google().control('POST', '/__datasets', { project: PROJECT, dataset: 'shared' });
      const client = googleClient(account(), BIGQUERY_SCOPE);
      const url = `${google().root}/bigquery/v2/projects/${PROJECT}/datasets/shared/tables`;
      const make = (tableId: string, house?: string) => ({
        url,
        method: 'POST' as const,
        data: {
          tableReference: { projectId: PROJECT, datasetId: 'shared', tableId },
          schema: { fields: [{ name: 'x', type: 'STRING' }] },
          ...(house && { labels: { house: houseLabel(house) } }),
        },
      });
      await client.request(make('funnel__a', HOUSE));
      await client.request(make('a_table_of_mine'));
      expect(row(await check(place('shared')), 'tables')).toMatchObject({
        ok: true,
        found: "this house's: 1",
      });
      await client.request(make('weekly_summary'));
      expect(failing(await check(place('shared')))).toMatchObject([
        {
          check: 'tables',
          found: expect.stringMatching(/your own .+: weekly_summary$/),
          fix: expect.stringMatching(/rename/),
        },
      ]);
      await client.request(make('theirs', 'another'));
      expect(failing(await check(place('shared')))).toMatchObject([
        {
          check: 'tables',
          found: expect.stringContaining('theirs'),
          fix: expect.stringMatching(/another dataset/),
        },
      ]);
    });

    endsWell();
  },
);

describe.skipIf(!sandboxIsHere)('connect google: a dataset without billing', () => {
  const { check, endsWell } = connecting(['--sandbox']);

  it('is right, and what that means is said', async () => {
    const rows = await check(place());
    expect(failing(rows)).toEqual([]);
    expect(row(rows, 'expiry')).toMatchObject({
      found: expect.stringMatching(/60 days.+without billing/),
      fix: expect.any(String),
    });
  });

  endsWell();
});
