/**
 * Google's own evaluator of GoogleSQL: the program that comes with this folder's package, spoken to
 * over gRPC.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dependencies, readBy, render } from '../../sql/render.ts';
import { views } from '../../sql/views/index.ts';
import type { ColumnType, EngineHouse, Row, StoredTable, Value } from './engine-house.ts';

type Cell = Record<string, unknown> & { value?: string };
type Columns = { name: string; type: object }[];
/** A table as the evaluator takes and gives it. */
type Kept = { name: string; columns: Columns; row: { cell?: Cell[] }[] };
type Reply = { content?: { table_data?: { row?: Kept['row'] } }; prepared?: { columns?: Columns } };
type Call = <T>(method: string, request: object) => Promise<T>;

const folder = process.env.ZETASQL ?? fileURLToPath(new URL('.', import.meta.url));
const installed = join(folder, 'node_modules', '@fivetrandevelopers', 'zetasql');
const programs: Record<string, string> = {
  'linux-x64': 'remote_server.so',
  'linux-arm64': 'remote_server_arm.so',
  'darwin-x64': 'remote_server',
  'darwin-arm64': 'remote_server_arm',
};
const program = join(
  installed,
  'lib',
  'zetasql',
  programs[`${process.platform}-${process.arch}`] ?? 'none',
);
const START_MS = 30_000;

const sqlOf = new Map(views.map((view) => [view.name, view.sql]));

/**
 * Whether the evaluator is installed: `npm ci` in this folder, or another folder that ZETASQL
 * names.
 */
export const hasZetaSql = existsSync(program);

const types: Record<ColumnType, { kind: string; cell: string }> = {
  INTEGER: { kind: 'TYPE_INT64', cell: 'int64_value' },
  REAL: { kind: 'TYPE_DOUBLE', cell: 'double_value' },
  TEXT: { kind: 'TYPE_STRING', cell: 'string_value' },
};

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The evaluator as a running program; it keeps nothing between queries. */
export class ZetaSql {
  private readonly child: ChildProcess;
  private readonly call: Call;
  private readonly close: () => void;
  private language: Record<string, unknown> = {};

  private constructor(child: ChildProcess, call: Call, close: () => void) {
    this.child = child;
    this.call = call;
    this.close = close;
  }

  /** Starts the program; fails when it does not answer within half a minute. */
  static async start(): Promise<ZetaSql> {
    const load = createRequire(join(installed, 'package.json'));
    const grpc = load('@grpc/grpc-js');
    const port = await freePort();
    const child = spawn(program, ['localhost', String(port)], { stdio: 'ignore' });
    process.once('exit', () => child.kill());
    const definition = load('@grpc/proto-loader').loadSync('local_service.proto', {
      oneofs: true,
      keepCase: true,
      enums: String,
      longs: String,
      includeDirs: [join(installed, 'lib', 'zetasql', 'protos')],
    });
    const Service =
      grpc.loadPackageDefinition(definition).zetasql.local_service.ZetaSqlLocalService;
    const client = new Service(`localhost:${port}`, grpc.credentials.createInsecure(), {
      'grpc.max_receive_message_length': 5e8,
      'grpc.max_send_message_length': 5e8,
    });
    const call: Call = (method, request) =>
      new Promise((resolve, reject) => {
        client[method](request, (error: Error | null, reply: never) =>
          error ? reject(error) : resolve(reply),
        );
      });
    await new Promise<void>((resolve, reject) =>
      client.waitForReady(Date.now() + START_MS, (error?: Error) =>
        error ? reject(error) : resolve(),
      ),
    );
    const engine = new ZetaSql(child, call, () => client.close());
    const language = await call<{ enabled_language_features: string[] }>('GetLanguageOptions', {
      maximum_features: true,
    });
    engine.language = {
      ...language,
      product_mode: 'PRODUCT_EXTERNAL',
      supported_statement_kinds: [],
      enabled_language_features: language.enabled_language_features.filter(
        (name) => !name.includes('SPANNER'),
      ),
    };
    return engine;
  }

  stop(): void {
    this.close();
    this.child.kill();
  }

  /** The tables of a house; its views are true at `as_of` (UTC ms). */
  open(tables: StoredTable[], as_of: number): EngineHouse {
    const stored = new Map(tables.map((table) => [table.name, kept(table)]));
    const given = new Map<string, Kept>();
    return {
      whole: async (name) => {
        const names = [name, ...dependencies(`select * from ${name}`)].flatMap(storedReadBy);
        const sql = render(`select * from ${name}`, { as_of }, 'bigquery');
        return rowsOf(
          await this.evaluate(
            sql,
            [...new Set(names)].map((table) => stored.get(table)!),
          ),
        );
      },
      next: async (name) => {
        const reads = [
          ...storedReadBy(name).map((table) => stored.get(table)),
          ...readBy(name).map((v) => given.get(v)),
        ];
        const tables = new Map(readBy(name).map((view) => [view, `select * from ${view}`]));
        const answer = await this.evaluate(
          render(`select * from ${name}`, { as_of, given: tables }, 'bigquery'),
          reads.map((table) => table!),
        );
        given.set(name, { ...answer, name });
        return rowsOf(answer);
      },
      close: async () => given.clear(),
    };
  }

  /** Rows of a query over nothing stored. */
  ask = async (sql: string): Promise<Row[]> => rowsOf(await this.evaluate(sql, []));

  private async evaluate(sql: string, tables: Kept[]): Promise<Kept> {
    const reply = await this.call<Reply>('EvaluateQuery', {
      sql,
      options: {
        language_options: this.language,
        default_timezone: 'UTC',
        prune_unused_columns: true,
        error_message_mode: 'ERROR_MESSAGE_ONE_LINE',
      },
      descriptor_pool_list: { definitions: [{ builtin: {} }] },
      simple_catalog: {
        name: 'house',
        table: tables.map(({ name, columns: column }, place) => ({
          name,
          column,
          serialization_id: String(place + 1),
        })),
        builtin_function_options: { language_options: this.language },
      },
      table_content: Object.fromEntries(
        tables.map(({ name, row }) => [name, { table_data: { row } }]),
      ),
    });
    return {
      name: '',
      columns: reply.prepared?.columns ?? [],
      row: reply.content?.table_data?.row ?? [],
    };
  }
}

/** Stored tables that a view's own text reads. */
const storedReadBy = (name: string): string[] => [
  ...new Set([...sqlOf.get(name)!.matchAll(/\{\{table\((\w+)\)\}\}/g)].map(([, table]) => table!)),
];

function kept({ name, columns, rows }: StoredTable): Kept {
  const cell = (value: Value, type: ColumnType): Cell =>
    value === null ? {} : { [types[type].cell]: value };
  return {
    name,
    columns: columns.map((column) => ({
      name: column.name,
      type: { type_kind: types[column.type].kind },
    })),
    row: rows.map((values) => ({ cell: values.map((value, i) => cell(value, columns[i]!.type)) })),
  };
}

const rowsOf = ({ columns, row }: Kept): Row[] =>
  row.map((one) => Object.fromEntries(columns.map(({ name }, i) => [name, plain(one.cell?.[i])])));

/** Whole numbers come as text. */
function plain(cell: Cell | undefined): string | number | boolean | null {
  const kind = cell?.value;
  if (!kind) return null;
  const value = cell[kind];
  return kind === 'int64_value' ? Number(value) : (value as string | number | boolean);
}
