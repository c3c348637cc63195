/** Values and lists as SQL: texts in quotes, and rows for views to read. */

export const sqlText = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** A text, number, boolean or null as an SQL literal. */
export const sqlLiteral = (value: unknown): string =>
  typeof value === 'string' ? sqlText(value) : String(value);

/**
 * A relation of constants: `select 'a' as x union all …`, at most five terms at a time, the limit
 * of D1.
 */
export function relation(rows: string[]): string {
  if (rows.length <= 5) return rows.map((row) => `select ${row}`).join(' union all ');
  const groups: string[] = [];
  for (let i = 0; i < rows.length; i += 5) groups.push(relation(rows.slice(i, i + 5)));
  return relation(groups.map((group) => `* from (${group})`));
}
