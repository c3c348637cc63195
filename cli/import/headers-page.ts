/** `docs/import-headers.md`, made of the fields and their synonyms, so that it cannot lie. */
import { aliasesOf, nameParts, PASSED_OVER } from '../../core/facts/aliases.ts';
import { type Field, fieldsOf, importKinds, type RowKind } from '../../core/facts/fields.ts';

const meaning: Record<Field['type'], string> = {
  text: 'text',
  code: 'a word',
  instant: 'a date or time',
  integer: 'a whole number',
  decimal: 'a number',
  money: 'an amount',
  flag: 'yes or no',
  list: 'a list',
  codes: 'a list of words',
  address: 'an email, phone or id of a contact',
  email: 'emails',
  phone: 'phone numbers',
  external: 'an id',
  id: 'an id',
  zone: 'a time zone such as `Europe/London`',
  json: 'a JSON object, or columns that MAP sends to `attributes`',
};

const codes = (words: readonly (string | number)[]): string =>
  words.map((word) => `\`${word}\``).join(', ');

function rowOf(kind: RowKind, header: string, field: Field): string {
  const parts = header === 'full_name' ? nameParts.flat() : [];
  const names = [...(aliasesOf[kind][header] ?? []), ...parts].join(', ');
  const values = field.choices ? codes(field.choices) : meaning[field.type];
  return `| \`${header}\` | ${values} | ${names} |`;
}

function sectionOf(kind: RowKind): string {
  const ignored = aliasesOf[kind][PASSED_OVER] ?? [];
  return [
    `## ${kind}\n`,
    '| header | values | also found as |\n|---|---|---|',
    ...Object.entries(fieldsOf[kind]).map(([header, field]) => rowOf(kind, header, field)),
    ...(ignored.length > 0 ? [`\nPassed over: ${ignored.join(', ')}.`] : []),
  ].join('\n');
}

/** The whole page. */
export const headersPage = (): string =>
  `# Headers of imported files

Made by \`npm run contracts\`. A column is found by its header or by any of its other names, whatever their case, spaces and
punctuation: \`Full Name\`, \`full-name\` and \`FULL_NAME\` are one. [import.md](import.md) says how files are read.

${importKinds.map(sectionOf).join('\n\n')}
`;
