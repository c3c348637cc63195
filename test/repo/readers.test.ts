/**
 * Every stored column has a reader (G4): a mart, a check, or a query of the house's own code.
 * Home of G4.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, it } from 'vitest';
import { checks, marts, views } from '../../sql/views/index.ts';
import * as schema from '../../warehouse/schema/index.ts';
import { columnsOf, relationsOf, sourcesOf } from './lineage.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The files below `folder` but those of the model, which names every column. */
const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !name.startsWith('schema/'))
    .sort()
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'));

function migrated(): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  for (const sql of filesOf('migrations', '.sql')) db.exec(sql);
  return db;
}

const wordsOf = (text: string): Set<string> => new Set(text.match(/\w+/g));
const namesOf = (list: { name: string }[]): string[] => list.map(({ name }) => name);
const comments = /--.*$|(?<!:)\/\/.*$|\/\*[\s\S]*?\*\//gm;
const texts = /`[^`]*`|'[^'\n]*'|"[^"\n]*"/g;

/** What a query says beyond the columns that it fills. */
const withoutTargets = (sql: string): string =>
  sql
    .replace(/insert into (\w+)\s*\([^()]*\)/g, '')
    .replace(/on conflict[\s\S]*$/, '')
    .replace(/\bset \w+ =/g, 'set');

/** The relations that a query names, and the words by which it may name their columns. */
type Query = { relations: Set<string>; words: Set<string> };

/**
 * The queries of a file. Who asks for `*` reads the columns that the file names; a relation whose
 * name is put in is one that the file names.
 */
function queriesOf(file: string): Query[] {
  const code = file.replace(comments, '');
  return (code.match(texts) ?? []).map((sql) => {
    const named = sql.matchAll(/\b(?:from|join|update)\s+(?:main\.)?(\w+)/g);
    const isPutIn = /\b(from|join)\s+\$\{/.test(sql);
    const isWhole = /\*(,|\s+from\b)/.test(sql);
    return {
      relations: isPutIn ? wordsOf(code) : new Set([...named].map(([, name]) => name!)),
      words: wordsOf(isWhole ? code.replace(texts, withoutTargets) : withoutTargets(sql)),
    };
  });
}

/**
 * What a file asks for by Drizzle's model: `contacts.full_name`, or whole rows `.from(contacts)`.
 */
function modelQueriesOf(file: string): Query[] {
  return Object.entries(schema).map(([model, table]) => {
    const { name } = getTableConfig(table as SQLiteTable);
    const columns = file.matchAll(new RegExp(`\\b${model}\\.(\\w+)`, 'g'));
    const isWhole = file.includes(`select().from(${model})`);
    const words = isWhole ? wordsOf(file) : new Set([...columns].map(([, column]) => column!));
    return { relations: new Set([name]), words };
  });
}

const queries = ['workers', 'warehouse']
  .flatMap((folder) => filesOf(folder, '.ts'))
  .flatMap((file) => [...queriesOf(file), ...modelQueriesOf(file)]);

/** Whether a query of the code names the column `schema.relation.column` beside its relation. */
const isQueried = (column: string): boolean => {
  const [, relation, name] = column.split('.');
  return queries.some(({ words, relations }) => relations.has(relation!) && words.has(name!));
};

/**
 * The columns of tables that nobody reads, as `table.column`. A table that keeps the rows of a view
 * is read by whoever reads the view.
 */
function unread(db: DatabaseSync): string[] {
  const viewNames = new Set(namesOf(views));
  const relations = relationsOf(db, [...viewNames]);
  const columns = namesOf(relations).flatMap((name) => columnsOf(db, 'temp', name));
  const published = new Set(namesOf([...marts, ...checks]));
  const isRead = (column: string) => published.has(column.split('.')[1]!) || isQueried(column);
  const used = sourcesOf(db, relations, columns.filter(isRead));
  return db
    .prepare(
      "select name from main.sqlite_master where type = 'table' and name not like 'sqlite_%'",
    )
    .all()
    .filter(({ name }) => !viewNames.has(name as string))
    .flatMap(({ name }) => columnsOf(db, 'main', name as string))
    .filter((column) => !used.has(column) && !isQueried(column))
    .map((column) => column.replace('main.', ''))
    .sort();
}

it('every column is read by a mart, a check or a query (G4)', () => {
  expect(unread(migrated())).toEqual([]);
});

it('a column that is called as others are needs a reader of its own', () => {
  const db = migrated();
  db.exec('alter table suppressions add column name text');
  db.exec('alter table merges add column status text');
  expect(unread(db)).toEqual(['merges.status', 'suppressions.name']);
});
