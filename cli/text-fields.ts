/** Names and values, line by line: for records, and for tables that do not fit. */
import { widthOf } from './terminal.ts';

/** The lines of a longer value are aligned below the first. */
export function textFields(fields: [name: string, value: string][]): string {
  const width = Math.max(0, ...fields.map(([name]) => widthOf(name)));
  const below = `\n${' '.repeat(width + 2)}`;
  return fields
    .map(([name, value]) => {
      const blank = ' '.repeat(width - widthOf(name));
      return `${name}${blank}  ${value.replaceAll('\n', below)}`.trimEnd();
    })
    .join('\n');
}
