/** What differs between the engines that run the views; all else is the same text (decision 1). */

export type Engine = 'sqlite' | 'duckdb' | 'bigquery';

export type Dialect = {
  /** The engine's name of each type that views cast to. */
  types: Record<'float64' | 'int64' | 'string', string>;
  /** A stored table, which a view of the same name would hide. */
  table: (name: string) => string;
  /** A field of a JSON object, as text. */
  jsonField: (json: string, field: string) => string;
  /** The texts of a JSON array, as a relation of `value`. */
  jsonItems: (json: string) => string;
  /** The aggregate that joins texts. */
  joinTexts: string;
  /** Stands before the body of a CTE that a query computes once, not wherever it is named. */
  computedOnce: string;
};

export const dialects: Record<Engine, Dialect> = {
  sqlite: {
    types: { float64: 'real', int64: 'integer', string: 'text' },
    table: (name) => `main.${name}`,
    jsonField: (json, field) => `json_extract(${json}, '$.${field}')`,
    jsonItems: (json) => `json_each(${json})`,
    joinTexts: 'group_concat',
    computedOnce: 'materialized ',
  },
  duckdb: {
    types: { float64: 'double', int64: 'bigint', string: 'varchar' },
    table: (name) => `main.${name}`,
    jsonField: (json, field) => `json_extract_string(${json}, '$.${field}')`,
    jsonItems: (json) => `(select unnest(json_extract_string(${json}, '$[*]')) as value)`,
    joinTexts: 'string_agg',
    computedOnce: '',
  },
  bigquery: {
    types: { float64: 'float64', int64: 'int64', string: 'string' },
    table: (name) => name,
    jsonField: (json, field) => `json_value(${json}, '$.${field}')`,
    jsonItems: (json) =>
      'unnest(array(select as struct item as value ' +
      `from unnest(json_value_array(${json})) as item))`,
    joinTexts: 'string_agg',
    computedOnce: '',
  },
};

/** `as float64)` and the other casts of a text, with the engine's names of the types. */
export const withTypes = (sql: string, { types }: Dialect): string =>
  sql.replace(
    /\bas (float64|int64|string)(?=\s*\))/g,
    (_, type: keyof Dialect['types']) => `as ${types[type]}`,
  );
