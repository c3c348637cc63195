/** The first tab: whose numbers these are, for when they are true, and what each tab answers. */
import type { sheets_v4 } from '@googleapis/sheets';
import type { Column } from '../../sql/contract.ts';
import type { RunStamp, Table } from '../destination.ts';
import { text } from './cells.ts';

export const aboutColumns: Column[] = [
  { name: 'tab', type: 'string', description: 'Name of the tab.' },
  { name: 'answers', type: 'string', description: 'What it answers.' },
  { name: 'rows', type: 'string', description: 'How many rows it has.' },
];

/** Rows of the tab, from the top. */
export function aboutRows(run: RunStamp, tables: Table[]): sheets_v4.Schema$RowData[] {
  const lines: string[][] = [
    [run.is_sample ? 'Sample data' : 'Signalhouse'],
    ['House', run.house_id],
    ['True for', new Date(run.as_of).toISOString()],
    ['Run', run.run_id],
    ['Rules', run.rules_version],
    ['These tabs are rewritten every night; add your own tabs, or columns to the right, and they stay as they are.'],
    [],
    ['Tab', 'What it answers', 'Rows'],
    ...tables.map(({ contract, row_count }) => [contract.name, contract.answers, String(row_count)]),
  ];
  return lines.map((line) => ({ values: line.map(text) }));
}
