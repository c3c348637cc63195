/**
 * `looker`: the address that opens a report on the published tables, its pages to build, and each
 * table's field sheet.
 */
import { join, resolve } from 'node:path';
import { businessDay } from '../../core/calendar.ts';
import { Fault } from '../../core/faults.ts';
import { reportDocument } from '../../looker/drawing/document.ts';
import { fieldsOf } from '../../looker/fields.ts';
import { type Place, reportId, reportLink, sourcesIn } from '../../looker/link.ts';
import { reportPages, sourcesUsed } from '../../looker/pages/index.ts';
import { pageSteps, stepsText } from '../../looker/steps.ts';
import type { PublishedTabs } from '../../platform/sheets/tabs.ts';
import { filterText } from '../../sql/contract.ts';
import { marts } from '../../sql/views/marts/index.ts';
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import { type HouseClient, withHouse } from '../house/open.ts';
import { openState } from '../house/state.ts';
import { lastPublished } from '../published.ts';
import { publishedSources } from '../report-rows.ts';
import { textTable } from '../text-table.ts';
import { refuseForeign, writeOwn } from '../written-files.ts';

async function sheetsPlace(call: Call): Promise<Place> {
  const read = async (house: HouseClient) =>
    (await house.call('/exports/sheets')).json() as Promise<PublishedTabs>;
  try {
    return { kind: 'sheets', ...(await withHouse(call.say, read)) };
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'not_found') throw error;
    throw new Fault(
      'config',
      'nothing has been published to a spreadsheet yet; set SHEETS_SPREADSHEET and run: npm ' +
        'run -s signalhouse -- export --to sheets',
    );
  }
}

function bigQueryPlace(): Place {
  const { BIGQUERY_PROJECT: project, BIGQUERY_DATASET: dataset } = process.env;
  if (project && dataset) return { kind: 'bigquery', project, dataset };
  throw new Fault(
    'config',
    'set BIGQUERY_PROJECT and BIGQUERY_DATASET to the dataset that export --to bigquery fills',
  );
}

const afterLink = (sources: string[], hasTemplate: boolean): string =>
  hasTemplate
    ? `This copies your template, with its ${sources.length} sources pointed at this house.
Press Save and share, and allow them.
A source is found by its alias in the template: ${sources.join(', ')}.`
    : `This opens a new report with ${sources.length} sources: ${sources.join(', ')}.
Press Save and share, and allow them.
If Resource > Manage added data sources lists fewer, add the others with Add data, each under the
name of its table. Build its pages as npm run -s signalhouse -- looker pages prints them, then set
LOOKER_TEMPLATE_REPORT_ID: every later link copies your template. docs/looker.md shows each step.`;

async function link(call: Call): Promise<void> {
  const to = call.text('to');
  if (to !== 'sheets' && to !== 'bigquery')
    throw new UsageError('looker link takes --to sheets or --to bigquery');
  const given = process.env.LOOKER_TEMPLATE_REPORT_ID;
  const template = given ? reportId(given) : undefined;
  const place = to === 'sheets' ? await sheetsPlace(call) : bigQueryPlace();
  const sources = sourcesIn(place, sourcesUsed());
  const absent = sourcesUsed().filter((source) => !sources.includes(source));
  if (absent.length)
    call.say(
      `Not in the spreadsheet yet, so not attached: ${absent.join(', ')}. Export again to add ` +
        'them.',
    );
  const url = reportLink(place, sources, 'Signalhouse', template);
  call.print(
    { url, sources, template: template ?? null },
    `${url}\n\n${afterLink(sources, Boolean(template))}`,
  );
}

function fields(call: Call, wanted: string | undefined): void {
  const chosen = marts
    .map(({ contract }) => contract)
    .filter(({ name }) => !wanted || name === wanted);
  if (!chosen.length) throw new Fault('not_found', `there is no published table called ${wanted}`);
  const sheets = chosen.map((contract) => ({
    table: contract.name,
    answers: contract.answers,
    chart_filter: contract.chartFilter ? filterText(contract.chartFilter) : null,
    fields: fieldsOf(contract),
  }));
  const columns = ['name', 'type', 'concept', 'aggregation', 'formula', 'description'];
  call.print(
    sheets,
    sheets
      .map((sheet) =>
        [
          `${sheet.table}: ${sheet.answers}`,
          ...(sheet.chart_filter ? [`Chart filter: ${sheet.chart_filter}`] : []),
          textTable(columns, sheet.fields),
        ].join('\n'),
      )
      .join('\n\n'),
  );
}

/** Draws the pages from the last export; returns the files, or none before the first export. */
function draw(call: Call): string[] {
  const state = openState();
  const last = lastPublished(state);
  if (!last) {
    call.say('There is no export yet to draw the pages from: npm run -s signalhouse -- export');
    return [];
  }
  const { manifest } = last;
  const folder = resolve(call.text('out') ?? join(last.folder, 'looker'));
  const published = {
    rows: publishedSources(last.folder),
    as_of: manifest.as_of,
    today: businessDay(manifest.as_of, process.env.BUSINESS_TIME_ZONE ?? 'UTC'),
    is_sample: manifest.is_sample,
  };
  const pathOf = ({ id }: { id: string }) => join(folder, `${id}.html`);
  refuseForeign(reportPages.map(pathOf));
  for (const page of reportPages) writeOwn(pathOf(page), reportDocument(page, published));
  return reportPages.map(pathOf);
}

function pages(call: Call): void {
  const drawings = draw(call);
  call.print(
    { drawings, pages: reportPages.map((page) => ({ ...page, steps: pageSteps(page) })) },
    [
      ...reportPages.map((page) => `${page.title}: ${page.question}\n\n${stepsText(page)}`),
      ...drawings.map((path) => `Drawing  ${path}`),
    ].join('\n\n'),
  );
}

export async function looker(call: Call): Promise<void> {
  const [verb, table] = call.positionals;
  if (verb === 'link') return link(call);
  if (verb === 'pages') return pages(call);
  if (verb === 'fields') return fields(call, table);
  throw new UsageError(
    'looker takes link --to sheets|bigquery, pages [--out DIR], or fields [TABLE]',
  );
}
