/** MAP.json: how another program's file becomes the house's own headers. Documented in docs/import.md. */
import { z } from 'zod';
import { fieldsOf, type RowKind } from '../facts/fields.ts';
import { Fault } from '../faults.ts';

const schema = z.strictObject({
  /** Their column → our header, several of ours, `attributes` or `ignore`. */
  columns: z.record(z.string(), z.union([z.string(), z.array(z.string()).min(1)])).default({}),
  /** Our header (or `source`) → the value of every row. */
  constants: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  /** `dates`, `decimal`, or one of our headers → how the file writes it; an address header → email, phone or external. */
  formats: z.record(z.string(), z.string()).default({}),
  /** Our header → their value → ours. */
  values: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number()]))).default({}),
});

export type Mapping = z.infer<typeof schema>;

/** A mapping whose every target is a header of the kind. Throws `Fault('bad_input')` naming all that is wrong. */
export function parseMapping(kind: RowKind, json: unknown): Mapping {
  const parsed = schema.safeParse(json ?? {});
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || 'MAP.json'}: ${issue.message}`,
    );
    throw new Fault('bad_input', lines.join('\n'));
  }
  const map = parsed.data;
  const known = (header: string) => header in fieldsOf[kind];
  const wrong = [
    ...Object.entries(map.columns).flatMap(([column, to]) =>
      [to]
        .flat()
        .flatMap((h) =>
          known(h) || h === 'ignore' || h === 'attributes'
            ? []
            : [`columns.${column}: no header "${h}"`],
        ),
    ),
    ...Object.keys(map.constants).flatMap((h) =>
      known(h) || h === 'source' ? [] : [`constants: no header "${h}"`],
    ),
    ...Object.keys(map.values).flatMap((h) => (known(h) ? [] : [`values: no header "${h}"`])),
    ...Object.keys(map.formats).flatMap((h) =>
      known(h) || h === 'dates' || h === 'decimal' ? [] : [`formats: no header "${h}"`],
    ),
    ...(['.', ',', undefined].includes(map.formats.decimal)
      ? []
      : ['formats.decimal: takes "." or ","']),
  ];
  if (wrong.length > 0)
    throw new Fault(
      'bad_input',
      `${wrong.join('\n')}\nheaders of ${kind}: ${Object.keys(fieldsOf[kind]).join(', ')}`,
    );
  return map;
}

/** Our headers for each of their columns. Throws `Fault('unknown_column')` naming all unknown ones with lines to paste. */
export function targetsOf(kind: RowKind, columns: string[], map: Mapping): string[][] {
  const doubled = columns.filter((column, i) => columns.indexOf(column) !== i);
  if (doubled.length > 0)
    throw new Fault('bad_input', `columns that stand twice: ${[...new Set(doubled)].join(', ')}`);
  const targets = columns.map((column) =>
    Object.hasOwn(map.columns, column)
      ? [map.columns[column]!].flat()
      : column in fieldsOf[kind]
        ? [column]
        : [],
  );
  const unknown = columns.filter((_, i) => targets[i]!.length === 0);
  if (unknown.length > 0) {
    const lines = unknown.map((column) => `    ${JSON.stringify(column)}: "ignore"`).join(',\n');
    throw new Fault(
      'unknown_column',
      `unknown columns: ${unknown.join(', ')}\nNothing was written. Add to MAP.json, with a header or "attributes" in place of "ignore":\n  "columns": {\n${lines}\n  }`,
      { columns: unknown },
    );
  }
  return targets;
}
