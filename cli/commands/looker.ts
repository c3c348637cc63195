/** `looker`: the address that opens a report on the published tables, and the field sheet of each of them. */

import { Fault } from '../../core/faults.ts';
import { fieldsOf } from '../../looker/fields.ts';
import { inReportOrder, type Place, reportLink } from '../../looker/link.ts';
import { filterText } from '../../sql/contract.ts';
import { marts } from '../../sql/views/marts/index.ts';
import type { Call, Command } from '../command.ts';
import { UsageError } from '../exit.ts';
import { withHouse } from '../house/open.ts';
import { textTable } from '../text-table.ts';

const contracts = () => marts.map(({ contract }) => contract);

/** What `GET /exports/latest` says of the spreadsheet, once a run has gone there. */
type Latest = { sheets?: { spreadsheet: string; tabs: Record<string, number> } };

async function sheetsPlace(call: Call): Promise<Place> {
  const latest = await withHouse(
    call.say,
    async (house) => (await house.call('/exports/latest')).json() as Promise<Latest>,
  );
  if (latest.sheets) return { kind: 'sheets', ...latest.sheets };
  throw new Fault(
    'config',
    'no run has been published to a spreadsheet yet; set SHEETS_SPREADSHEET and run: npm run -s signalhouse -- export --to sheets',
  );
}

function bigQueryPlace(): Place {
  const { BIGQUERY_PROJECT: project, BIGQUERY_DATASET: dataset } = process.env;
  if (project && dataset) return { kind: 'bigquery', project, dataset };
  throw new Fault('config', 'set BIGQUERY_PROJECT and BIGQUERY_DATASET to the place that export --to bigquery fills');
}

async function link(call: Call): Promise<void> {
  const to = call.text('to');
  if (to !== 'sheets' && to !== 'bigquery') throw new UsageError('looker link takes --to sheets or --to bigquery');
  const place = to === 'sheets' ? await sheetsPlace(call) : bigQueryPlace();
  const summary = contracts()
    .filter(({ kind }) => kind === 'mart')
    .map(({ name }) => name);
  const carried = place.kind === 'sheets' ? summary.filter((name) => name in place.tabs) : summary;
  const ordered = inReportOrder(carried);
  const url = reportLink(place, ordered, 'Signalhouse');
  call.print(
    { url, sources: ordered },
    [
      url,
      '',
      'Open it in a browser that is signed in to an account that may read the tables. Then:',
      '1. Press Save and share, and allow the listed sources; daily is the first, the one to explore.',
      '2. Give each field the type and aggregation that looker fields <table> prints.',
      '3. Add a date control on day. Where looker fields names a chart filter, set it on each chart of that table.',
    ].join('\n'),
  );
}

function fields(call: Call, wanted: string | undefined): void {
  const chosen = contracts().filter(({ name }) => !wanted || name === wanted);
  if (!chosen.length) throw new Fault('not_found', `no published table is called ${wanted}`);
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

export const looker: Command = {
  name: 'looker',
  usage: 'link --to sheets|bigquery | fields [TABLE]',
  summary: 'The address that opens a report on the published tables; the field sheet of each table.',
  options: { to: { type: 'string' } },
  async run(call) {
    const [verb, table] = call.positionals;
    if (verb === 'link') return link(call);
    if (verb === 'fields') return fields(call, table);
    throw new UsageError('looker takes link --to sheets|bigquery, or fields [TABLE]');
  },
};
