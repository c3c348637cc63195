/**
 * What an import keeps until it is over: on disk, in a SQLite database without a name that is gone
 * when this process ends, so that a large file needs no more memory than a small one.
 */
import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import type { Address } from '../../core/facts/address.ts';
import type { Fact } from '../../core/facts/fact.ts';

/** A row of the file, by its line, with what is wrong with it. */
export type Reject = { line: number; reasons: string[] };

/** Somebody whom rows name and the house does not know, as of when they are first named. */
export type UnknownPerson = {
  external_id: string;
  observed_at: number;
  provider: string;
  account: string | null;
};

const TABLES = `
  pragma journal_mode = off;
  pragma synchronous = off;
  create table facts (line integer primary key, fact text not null) strict;
  create table rejects (line integer primary key, reasons text not null) strict;
  create table warnings (line integer primary key, reasons text not null) strict;
  create table answers (name text primary key, answer text not null) strict, without rowid;
  create table waiting (name text primary key) strict, without rowid;
  create table seen (name text primary key) strict, without rowid;
  create table people (
    external_id text primary key, observed_at integer not null,
    provider text not null, account text
  ) strict, without rowid;
  begin`;

type Row = Record<string, SQLOutputValue>;

function* rowsOf<Value>(query: StatementSync, read: (row: Row) => Value): Generator<Value> {
  for (const row of query.iterate()) yield read(row);
}

const countOf = (db: DatabaseSync, table: string): number =>
  db.prepare(`select count(*) as count from ${table}`).get()!.count as number;

/** Rows with reasons, in the order of the file. */
class Lines {
  readonly #db: DatabaseSync;
  readonly #table: string;
  readonly #insert: StatementSync;
  readonly #find: StatementSync;

  constructor(db: DatabaseSync, table: 'rejects' | 'warnings') {
    this.#db = db;
    this.#table = table;
    this.#insert = db.prepare(`insert into ${table} values (?, ?)`);
    this.#find = db.prepare(`select reasons from ${table} where line = ?`);
  }

  add(line: number, reasons: string[]): void {
    this.#insert.run(line, JSON.stringify(reasons));
  }

  /** The reasons of a line; undefined if it has none. */
  of(line: number): string[] | undefined {
    const row = this.#find.get(line);
    return row && (JSON.parse(row.reasons as string) as string[]);
  }

  get count(): number {
    return countOf(this.#db, this.#table);
  }

  [Symbol.iterator](): Generator<Reject> {
    const query = this.#db.prepare(`select line, reasons from ${this.#table} order by line`);
    return rowsOf(query, ({ line, reasons }) => ({
      line: line as number,
      reasons: JSON.parse(reasons as string) as string[],
    }));
  }
}

/** Names, each once. */
class Names {
  readonly #db: DatabaseSync;
  readonly #table: string;
  readonly #insert: StatementSync;

  constructor(db: DatabaseSync, table: 'waiting' | 'seen') {
    this.#db = db;
    this.#table = table;
    this.#insert = db.prepare(`insert into ${table} values (?) on conflict do nothing`);
  }

  /** Whether the name is new. */
  add(name: string): boolean {
    return this.#insert.run(name).changes === 1;
  }

  get count(): number {
    return countOf(this.#db, this.#table);
  }
}

/** People whom the house does not know. */
class People {
  readonly #db: DatabaseSync;
  readonly #upsert: StatementSync;
  readonly #find: StatementSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#upsert = db.prepare(
      `insert into people values (?, ?, ?, ?)
       on conflict do update set observed_at = min(observed_at, excluded.observed_at)`,
    );
    this.#find = db.prepare('select 1 from people where external_id = ?');
  }

  add({ external_id, observed_at, provider, account }: UnknownPerson): void {
    this.#upsert.run(external_id, observed_at, provider, account);
  }

  has(external_id: string): boolean {
    return this.#find.get(external_id) !== undefined;
  }

  get count(): number {
    return countOf(this.#db, 'people');
  }

  [Symbol.iterator](): Generator<UnknownPerson> {
    return rowsOf(this.#db.prepare('select * from people'), (row) => row as UnknownPerson);
  }
}

/** Whom a full name means, or why nobody. */
class Answers {
  readonly #get: StatementSync;
  readonly #set: StatementSync;

  constructor(db: DatabaseSync) {
    this.#get = db.prepare('select answer from answers where name = ?');
    this.#set = db.prepare('insert or replace into answers values (?, ?)');
  }

  get(name: string): Address | string | undefined {
    const row = this.#get.get(name);
    return row && (JSON.parse(row.answer as string) as Address | string);
  }

  set(name: string, answer: Address | string): void {
    this.#set.run(name, JSON.stringify(answer));
  }
}

/** A fact as JSON, with the line of its row. */
export type FactText = { line: number; fact: string };

/** The file's facts, in its order. */
class Facts {
  readonly #db: DatabaseSync;
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #next: StatementSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#put = db.prepare('insert or replace into facts values (?, ?)');
    this.#delete = db.prepare('delete from facts where line = ?');
    this.#next = db.prepare('select line, fact from facts where line > ? order by line limit 1');
  }

  put(line: number, fact: Fact): void {
    this.#put.run(line, JSON.stringify(fact));
  }

  delete(line: number): void {
    this.#delete.run(line);
  }

  get count(): number {
    return countOf(this.#db, 'facts');
  }

  /** Each fact is looked up when its turn comes, so that those before it may change meanwhile. */
  *[Symbol.iterator](): Generator<FactText> {
    for (let line = 0; ; ) {
      const row = this.#next.get(line) as FactText | undefined;
      if (!row) return;
      yield row;
      line = row.line;
    }
  }
}

export class Scratch {
  readonly #db = new DatabaseSync('');
  readonly facts: Facts;
  readonly rejects: Lines;
  readonly warnings: Lines;
  readonly answers: Answers;
  /** People whom the house does not know, and whom the import makes. */
  readonly people: People;
  /** The ids that waiting rows name. */
  readonly waiting: Names;
  /** Things and deliveries that an earlier part of a dry run would have made known. */
  readonly seen: Names;

  constructor() {
    this.#db.exec(TABLES);
    this.facts = new Facts(this.#db);
    this.rejects = new Lines(this.#db, 'rejects');
    this.warnings = new Lines(this.#db, 'warnings');
    this.answers = new Answers(this.#db);
    this.people = new People(this.#db);
    this.waiting = new Names(this.#db, 'waiting');
    this.seen = new Names(this.#db, 'seen');
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}
