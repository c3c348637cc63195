/**
 * What Google answers, as Google documents it, becomes a fault that names the fix; read off a real
 * client's errors.
 */
import { describe, expect, it } from 'vitest';
import { googleClient } from '../../platform/google/account.ts';
import { googleFault } from '../../platform/google/faults.ts';
import { ADDRESS, apiError, googleEdge, json, keyFile } from './google-edge.ts';

const SHEET = 'https://sheets.googleapis.com/v4/spreadsheets/abc';
const DATASET = 'https://bigquery.googleapis.com/bigquery/v2/projects/acme-data/datasets/house';
const ENABLE =
  'https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=123456';

const disabled = apiError(
  403,
  'PERMISSION_DENIED',
  'Google Sheets API has not been used in project 123456 before or it is disabled. Enable it ' +
    `by visiting ${ENABLE} then retry.`,
  'forbidden',
  [
    {
      '@type': 'type.googleapis.com/google.rpc.Help',
      links: [{ description: 'activation', url: ENABLE }],
    },
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'SERVICE_DISABLED',
      domain: 'googleapis.com',
      metadata: { service: 'sheets.googleapis.com', consumer: 'projects/123456' },
    },
  ],
);
const denied = (message: string) => apiError(403, 'PERMISSION_DENIED', message, 'accessDenied');
const notAllowed = apiError(
  403,
  'PERMISSION_DENIED',
  'The caller does not have permission',
  'forbidden',
);

type Case = [
  string,
  { url: string; method?: 'GET' | 'POST'; status: number; body: unknown },
  string,
  RegExp,
];
const cases: Case[] = [
  [
    'not shared',
    { url: SHEET, status: 403, body: notAllowed },
    'not_shared',
    new RegExp(`add ${ADDRESS} as an Editor`),
  ],
  [
    'shared to be looked at only',
    { url: `${SHEET}:batchUpdate`, method: 'POST', status: 403, body: notAllowed },
    'read_only',
    new RegExp(`make ${ADDRESS} an Editor`),
  ],
  [
    'no such spreadsheet',
    {
      url: SHEET,
      status: 404,
      body: apiError(404, 'NOT_FOUND', 'Requested entity was not found.', 'notFound'),
    },
    'not_found',
    /set SHEETS_SPREADSHEET/,
  ],
  [
    'a document',
    {
      url: SHEET,
      status: 400,
      body: apiError(
        400,
        'FAILED_PRECONDITION',
        'This operation is not supported for this document',
        'failedPrecondition',
      ),
    },
    'not_a_spreadsheet',
    /save the file as Google Sheets/,
  ],
  [
    'an API that is not enabled',
    { url: SHEET, status: 403, body: disabled },
    'api_disabled',
    /enable it at https:.+123456/,
  ],
  [
    'no dataset',
    {
      url: DATASET,
      status: 404,
      body: apiError(404, 'NOT_FOUND', 'Not found: Dataset acme-data:house', 'notFound'),
    },
    'not_found',
    /make the dataset.+BIGQUERY_DATASET/,
  ],
  [
    'no project',
    {
      url: DATASET,
      status: 404,
      body: apiError(404, 'NOT_FOUND', 'Not found: Project acme-dat', 'notFound'),
    },
    'not_found',
    /BIGQUERY_PROJECT/,
  ],
  [
    'no role on the dataset',
    {
      url: `${DATASET}/tables/t`,
      status: 403,
      body: denied(
        'Access Denied: Table acme-data:house.t: Permission bigquery.tables.update denied on ' +
          'table acme-data:house.t (or it may not exist).',
      ),
    },
    'no_role',
    new RegExp(`grant ${ADDRESS} the role BigQuery Data Editor on the dataset`),
  ],
  [
    'a dataset that it may not even see',
    {
      url: DATASET,
      status: 403,
      body: denied(
        'Access Denied: Dataset acme-data:house: Permission bigquery.datasets.get denied on ' +
          'dataset acme-data:house (or it may not exist).',
      ),
    },
    'no_role',
    /check BIGQUERY_PROJECT and BIGQUERY_DATASET, and grant/,
  ],
  [
    'no role on the project',
    {
      url: DATASET,
      status: 403,
      body: denied(
        'Access Denied: Project acme-data: User does not have bigquery.jobs.create permission ' +
          'in project acme-data.',
      ),
    },
    'no_role',
    /BigQuery Job User on the project/,
  ],
  [
    'no billing',
    {
      url: DATASET,
      status: 403,
      body: apiError(
        403,
        'PERMISSION_DENIED',
        'Billing has not been enabled for this project.',
        'billingNotEnabled',
      ),
    },
    'no_billing',
    /enable billing/,
  ],
  [
    'a quota of the day',
    {
      url: DATASET,
      status: 403,
      body: apiError(
        403,
        'PERMISSION_DENIED',
        'Quota exceeded: imports per table',
        'quotaExceeded',
      ),
    },
    'quota_used_up',
    /next night/,
  ],
];

async function faultOf(url: string, method: string, answer: Response) {
  const edge = googleEdge(() => answer);
  const client = googleClient({ key_json: keyFile(), fetch: edge.fetch }, 'https://scope');
  const error = await client
    .request({ url, method: method as 'GET', data: method === 'POST' ? {} : undefined })
    .catch((e) => e);
  return googleFault(error, 'the place');
}

describe('a refusal', () => {
  it.each(cases)(
    'for %s is not repeated and names the fix',
    async (_, { url, method, status, body }, kind, fix) => {
      const fault = await faultOf(url, method ?? 'GET', json(status, body));
      expect(fault).toMatchObject({
        code: 'destination_refused',
        details: { status, refusal: kind },
      });
      expect(fault.message).toMatch(/^the place: .+; .+/);
      expect(fault.message).toMatch(fix);
    },
  );

  it.each([
    [
      'a quota of the minute',
      429,
      apiError(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded', 'rateLimitExceeded'),
    ],
    [
      'a rate limit of BigQuery',
      403,
      apiError(403, 'PERMISSION_DENIED', 'Exceeded rate limits', 'rateLimitExceeded'),
    ],
    [
      'its own trouble',
      503,
      apiError(503, 'UNAVAILABLE', 'The service is currently unavailable.', 'backendError'),
    ],
  ])('for %s may be tried again', async (_, status, body) => {
    expect(await faultOf(DATASET, 'GET', json(status, body))).toMatchObject({
      code: 'destination_busy',
    });
  });

  it('that never came says so', async () => {
    const edge = googleEdge(() => {
      throw new TypeError('fetch failed');
    });
    const client = googleClient({ key_json: keyFile(), fetch: edge.fetch }, 'https://scope');
    const fault = googleFault(
      await client.request({ url: SHEET }).catch((error) => error),
      'the place',
    );
    expect(fault).toMatchObject({ code: 'destination_busy', details: { status: 0 } });
    expect(fault.message).toBe(
      'the place: Google did not answer (fetch failed); ' +
        'check that this machine can reach it, and try again',
    );
  });

  it('of a mistake in our own code is not taken for silence', () => {
    expect(googleFault(new TypeError('x is not a function'), 'the place')).toMatchObject({
      code: 'destination_refused',
    });
  });

  it('that is a page instead of JSON is still read', async () => {
    const page = new Response('<html>502</html>', {
      status: 502,
      headers: { 'content-type': 'text/html' },
    });
    expect(await faultOf(SHEET, 'GET', page)).toMatchObject({
      code: 'destination_busy',
      details: { status: 502 },
    });
  });
});
