/** The Linking-API address that opens a Looker Studio report with the published tables attached. */
import { Fault } from '../core/faults.ts';
import type { Source } from './sources.ts';

const CREATE = 'https://lookerstudio.google.com/reporting/create';

export type SheetsPlace = { kind: 'sheets'; spreadsheet: string; tabs: Record<string, number> };
export type BigQueryPlace = { kind: 'bigquery'; project: string; dataset: string };
export type Place = SheetsPlace | BigQueryPlace;

/** The id of a report, from its address or the id itself. Throws `config` for any other text. */
export function reportId(text: string): string {
  const id = /\/reporting\/([\w-]+)/.exec(text)?.[1] ?? text.trim();
  if (/^[\w-]{10,}$/.test(id)) return id;
  throw new Fault(
    'config',
    'LOOKER_TEMPLATE_REPORT_ID is not a report: open the template in Looker Studio and copy ' +
      'its address, or the id in it between /reporting/ and /page',
  );
}

/**
 * The sources that the destination has, in order: a tab that was never published cannot be
 * attached.
 */
export const sourcesIn = (place: Place, sources: Source[]): Source[] =>
  place.kind === 'sheets' ? sources.filter((source) => source in place.tabs) : sources;

function settingsOf(place: Place, source: Source): Record<string, string> {
  if (place.kind === 'bigquery')
    return {
      connector: 'bigQuery',
      type: 'TABLE',
      projectId: place.project,
      datasetId: place.dataset,
      tableId: source,
    };
  return {
    connector: 'googleSheets',
    spreadsheetId: place.spreadsheet,
    worksheetId: String(place.tabs[source]),
    hasHeader: 'true',
    // The run columns are first, and hidden in the tab; a report still needs as_of.
    includeHiddenCells: 'true',
  };
}

/**
 * One data source per table. Without a template, the aliases are `ds0`, `ds1`…; with one, they are
 * the tables' names, like the template's sources, and the template's edits to fields are kept,
 * which Looker would drop by default.
 */
export function reportLink(
  place: Place,
  sources: Source[],
  reportName: string,
  template?: string,
): string {
  const address = new URL(CREATE);
  address.searchParams.set('c.mode', 'edit');
  if (template) address.searchParams.set('c.reportId', template);
  address.searchParams.set('r.reportName', reportName);
  sources.forEach((source, i) => {
    const alias = template ? source : `ds${i}`;
    const settings = { datasourceName: source, ...settingsOf(place, source) };
    for (const [key, value] of Object.entries(settings))
      address.searchParams.set(`ds.${alias}.${key}`, value);
    if (template) address.searchParams.set(`ds.${alias}.refreshFields`, 'false');
  });
  return address.href;
}
