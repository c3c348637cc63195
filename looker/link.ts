/** The Linking-API address that opens a new Looker Studio report on the published tables. */

const CREATE = 'https://lookerstudio.google.com/reporting/create';

export type SheetsPlace = { kind: 'sheets'; spreadsheet: string; tabs: Record<string, number> };
export type BigQueryPlace = { kind: 'bigquery'; project: string; dataset: string };
export type Place = SheetsPlace | BigQueryPlace;

/** `daily` first: the one source that people explore, since every control then reaches every chart. */
export const inReportOrder = (marts: string[]): string[] => [
  ...marts.filter((name) => name === 'daily'),
  ...marts.filter((name) => name !== 'daily'),
];

function source(place: Place, mart: string): Record<string, string> {
  if (place.kind === 'bigquery')
    return { connector: 'bigQuery', type: 'TABLE', projectId: place.project, datasetId: place.dataset, tableId: mart };
  return {
    connector: 'googleSheets',
    spreadsheetId: place.spreadsheet,
    worksheetId: String(place.tabs[mart]),
    hasHeader: 'true',
    // The run columns stand first and are hidden in the tab; a report needs as_of all the same.
    includeHiddenCell: 'true',
    includeFilteredCell: 'true',
  };
}

/** One data source per mart, `ds0` first; field edits are kept, which Looker would drop by default. */
export function reportLink(place: Place, marts: string[], reportName: string): string {
  const address = new URL(CREATE);
  address.searchParams.set('c.mode', 'edit');
  address.searchParams.set('r.reportName', reportName);
  inReportOrder(marts).forEach((mart, i) => {
    const settings = { ...source(place, mart), datasourceName: mart, refreshFields: 'false' };
    for (const [key, value] of Object.entries(settings)) address.searchParams.set(`ds.ds${i}.${key}`, value);
  });
  return address.href;
}
