/** One record as text: its plain fields line by line, then each list as a table. */
import { forTerminal } from './terminal.ts';
import { heading, isPlain, type Plain, readable, readableRows } from './text-cell.ts';
import { textFields } from './text-fields.ts';
import { textTable } from './text-table.ts';

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

function table(values: unknown[]): string {
  if (values.every(isPlain)) return values.map(String).join(', ');
  const { columns, rows } = readableRows(values as Record<string, unknown>[]);
  return textTable(columns, rows);
}

/** Blank fields are left out; each nested record or list gets a heading. */
export function textRecord(record: Record<string, unknown>): string {
  const entries = Object.entries(record).filter(([, value]) => !isEmpty(value));
  const plain = entries.filter(([, value]) => isPlain(value)) as [string, Plain][];
  const fields = plain.map(([name, value]): [string, string] => [
    heading(name),
    forTerminal(String(readable(name, value, record))),
  ]);
  const parts = entries
    .filter(([, value]) => !isPlain(value))
    .map(([name, value]) => {
      const body = Array.isArray(value)
        ? table(value)
        : textRecord(value as Record<string, unknown>);
      return `${name.toUpperCase().replaceAll('_', ' ')}\n${body}`;
    });
  return [...(fields.length ? [textFields(fields)] : []), ...parts].join('\n\n');
}
