/**
 * The checks of a BigQuery dataset: reads, one update of a table that does not exist, and one
 * dry-run query.
 */
import { DAY } from '../../core/durations.ts';
import { houseLabel } from '../../platform/bigquery/labels.ts';
import { CURRENT_RUN, sidesOf } from '../../platform/bigquery/names.ts';
import { BIGQUERY_HOST, type GoogleAccount, rootOf } from '../../platform/google/account.ts';
import { wordsOf } from '../../platform/google/faults.ts';
import type { Refusal } from '../../platform/google/refusal.ts';
import { marts } from '../../sql/views/marts/index.ts';
import { type Check, right, wrong } from './check.ts';
import { type Ask, refused } from './google.ts';

export type Place = { project: string; dataset: string };

type Dataset = { location: string; defaultTableExpirationMs?: string };
type Tables = {
  tables?: { tableReference: { tableId: string }; labels?: Record<string, string> }[];
  totalItems?: number;
};

/**
 * No table has this name, so an update can only be refused: for lack of the role, or of the table.
 */
const NO_TABLE = 'signalhouse_connect_asks_only';
/** Days until a table expires in a project without billing. */
const UNBILLED_DAYS = 60;

/** The key may belong to another project than the dataset, often by mistake. */
function refusedPlace(refusal: Refusal, { project }: Place, keyProject: string | null): Check {
  const { found, fix } = wordsOf(refusal);
  const isElsewhere = keyProject !== null && keyProject !== project;
  if (!isElsewhere || !['no_role', 'not_found'].includes(refusal.kind))
    return wrong('dataset', found, fix);
  return wrong(
    'dataset',
    `${found} (the key is of the project ${keyProject}, BIGQUERY_PROJECT says ${project})`,
    `correct BIGQUERY_PROJECT if it is a mistake; if not, ${fix}`,
  );
}

async function editorCheck(ask: Ask, url: string): Promise<Check> {
  const { refusal } = await ask('PATCH', `${url}/tables/${NO_TABLE}`, {});
  if (!refusal || refusal.kind === 'not_found')
    return right('data editor', 'the account may write tables there');
  return refused('data editor', refusal);
}

async function jobsCheck(ask: Ask, project: string, location: string): Promise<Check> {
  const configuration = { dryRun: true, query: { query: 'select 1', useLegacySql: false } };
  const { refusal } = await ask('POST', `${project}/jobs`, {
    jobReference: { location },
    configuration,
  });
  if (!refusal) return right('job user', 'the account may run load jobs in the project');
  return refused('job user', refusal);
}

function billingCheck({ defaultTableExpirationMs }: Dataset): Check {
  const days = Number(defaultTableExpirationMs ?? 0) / DAY;
  if (!days) return right('expiry', 'tables never expire');
  return right(
    'expiry',
    `tables expire after ${days} ` +
      `days${days === UNBILLED_DAYS ? ', as in a project without billing' : ''}`,
    'each night postpones it; after a longer pause, export again',
  );
}

/** Names that the house needs for its tables and views. */
const tableNames = (): Set<string> =>
  new Set([CURRENT_RUN, ...marts.flatMap(({ contract: { name } }) => [name, ...sidesOf(name)])]);

async function tablesCheck(ask: Ask, url: string, houseId: string): Promise<Check> {
  const answer = await ask<Tables>('GET', `${url}/tables?maxResults=1000`);
  if (answer.refusal) return refused('tables', answer.refusal);
  const found = (answer.data.tables ?? []).map(({ tableReference, labels }) => ({
    name: tableReference.tableId,
    house: labels?.house,
  }));
  const others = found.filter(({ house }) => house && house !== houseLabel(houseId));
  if (others.length)
    return wrong(
      'tables',
      `${others.length} tables belong to another house, such as ${others[0]!.name}`,
      'make another dataset and set BIGQUERY_DATASET',
    );
  const wanted = tableNames();
  const taken = found.filter(({ name, house }) => !house && wanted.has(name));
  if (taken.length)
    return wrong(
      'tables',
      'tables of your own have names that the house needs: ' +
        `${taken.map(({ name }) => name).join(', ')}`,
      'rename them, or make a dataset for the house alone and set BIGQUERY_DATASET',
    );
  const ours = found.filter(({ house }) => house).length;
  return right('tables', ours ? `this house's: ${ours}` : 'no house publishes here yet');
}

/** In order, up to the first failed check that the next ones depend on. */
export async function datasetChecks(
  ask: Ask,
  account: GoogleAccount,
  place: Place,
  houseId: string,
  keyProject: string | null,
): Promise<Check[]> {
  const root = `${rootOf(account, BIGQUERY_HOST)}/bigquery/v2`;
  const project = `${root}/projects/${encodeURIComponent(place.project)}`;
  const url = `${project}/datasets/${encodeURIComponent(place.dataset)}`;
  const answer = await ask<Dataset>('GET', url);
  if (answer.refusal) return [refusedPlace(answer.refusal, place, keyProject)];
  const { location } = answer.data;
  return [
    right('dataset', `${place.project}.${place.dataset} in ${location}`),
    await editorCheck(ask, url),
    await jobsCheck(ask, project, location),
    billingCheck(answer.data),
    await tablesCheck(ask, url, houseId),
  ];
}
