/**
 * MAP.json: how another program's file becomes the house's own headers. Documented in
 * docs/import.md.
 */
import { z } from 'zod';
import { PASSED_OVER } from '../facts/aliases.ts';
import { fieldsOf, type RowKind } from '../facts/fields.ts';
import { Fault } from '../faults.ts';
import { isDateFormat } from '../written-instant.ts';

const schema = z.strictObject({
  /** Their column → our header, several of ours, `attributes` or `ignore`. */
  columns: z.record(z.string(), z.union([z.string(), z.array(z.string()).min(1)])).default({}),
  /** Our header (or `source`) → the value of every row. */
  constants: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  /**
   * `dates`, `decimal`, or one of our headers → how the file writes it; an address header → email,
   * phone, external or full_name.
   */
  formats: z.record(z.string(), z.string()).default({}),
  /** Our header → their value → ours. */
  values: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number()]))).default({}),
});

/** The forms of an address; a full name means the one person in the house who has it. */
const ADDRESS_FORMS = ['email', 'phone', 'external', 'full_name'];

export type Mapping = z.infer<typeof schema>;

/**
 * Parses a mapping whose targets are all headers of the kind. Throws `Fault('bad_input')` with
 * everything that is wrong.
 */
export function parseMapping(kind: RowKind, json: unknown): Mapping {
  const parsed = schema.safeParse(json ?? {});
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || 'MAP.json'}: ${issue.message}`,
    );
    throw new Fault('bad_input', lines.join('\n'));
  }
  const map = parsed.data;
  const known = (header: string) => Object.hasOwn(fieldsOf[kind], header);
  const keepsRest = known('attributes');
  const targets = Object.entries(map.columns).flatMap(([column, to]) =>
    [to].flat().map((header) => ({ column, header })),
  );
  const wrong = [
    ...targets
      .filter(({ header }) => !known(header) && header !== PASSED_OVER)
      .map(({ column, header }) =>
        header === 'attributes' && !keepsRest
          ? `columns.${column}: only contacts have attributes; say "ignore"`
          : `columns.${column}: no header "${header}"`,
      ),
    ...Object.keys(map.constants)
      .filter((header) => !known(header) && header !== 'source')
      .map((header) => `constants: no header "${header}"`),
    ...Object.keys(map.values)
      .filter((header) => !known(header))
      .map((header) => `values: no header "${header}"`),
    ...Object.keys(map.formats)
      .filter((header) => !known(header) && header !== 'dates' && header !== 'decimal')
      .map((header) => `formats: no header "${header}"`),
    ...Object.entries(map.formats)
      .filter(([header]) => known(header) && fieldsOf[kind][header]!.type === 'address')
      .filter(([, form]) => !ADDRESS_FORMS.includes(form))
      .map(([header]) => `formats.${header}: takes ${ADDRESS_FORMS.join(', ')}`),
    ...Object.entries(map.formats)
      .filter(([header]) => header === 'dates' || fieldsOf[kind][header]?.type === 'instant')
      .filter(([, format]) => !isDateFormat(format))
      .map(([header]) => `formats.${header}: takes an order of day, month and year, as D/M/YYYY`),
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
