/** Names and their values, line by line: what has no table's form, or none that fits. */
import { widthOf } from './terminal.ts';

/** A value of several lines goes on below its first one. */
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
