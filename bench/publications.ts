/**
 * What a bench publishes: tables of every contract a destination carries, with made-up cells of the
 * right types.
 */
import { generateKeyPairSync } from 'node:crypto';
import { seeded } from '../cli/sample/prng.ts';
import { DAY } from '../core/durations.ts';
import { publishedColumns } from '../platform/cells.ts';
import { checksumOf } from '../platform/checksum.ts';
import type { Destination, RunStamp, Table } from '../platform/destination.ts';
import type { Cell } from '../sql/cell.ts';
import type { Column } from '../sql/contract.ts';
import { marts } from '../sql/views/index.ts';
import { AS_OF } from './synthetic-facts.ts';

export const run: RunStamp = {
  house_id: 'bench',
  is_sample: false,
  run_id: 'run_0123456789abcdef',
  attempt: 1,
  as_of: AS_OF,
  rules_version: 'bench',
};

const PAGE = 2000;
const random = seeded(8);

function cellFor({ name, type }: Column): Cell {
  if (name === 'currency') return 'AUD';
  if (random.chance(0.1)) return null;
  if (type === 'integer') return random.whole(0, 5000);
  if (type === 'rate' || type === 'number') return random.next();
  if (type === 'money') return random.whole(0, 900_000);
  if (type === 'date')
    return new Date(AS_OF - random.whole(0, 180) * DAY).toISOString().slice(0, 10);
  if (type === 'timestamp') return AS_OF - random.whole(0, 15_000_000_000);
  if (type === 'boolean') return random.whole(0, 1);
  return `${name} ${random.whole(0, 100_000)}`;
}

export type Publication = { tables: Table[]; cells: number };

/**
 * About `cells` cells, run columns counted, the same number of rows in each table; rows are read
 * from text, as at night.
 */
export function publicationFor(destination: Destination, cells: number): Publication {
  const contracts = marts
    .map(({ contract }) => contract)
    .filter((contract) => destination.carries(contract));
  const width = contracts.reduce((sum, contract) => sum + publishedColumns(contract).length, 0);
  const count = Math.ceil(cells / width);
  const tables = contracts.map((contract): Table => {
    const rows = Array.from({ length: count }, () => contract.columns.map(cellFor));
    const text = rows.map((row) => JSON.stringify(row)).join('\n');
    return {
      contract,
      load_id: `load_${contract.name}`,
      row_count: count,
      checksum: checksumOf(rows),
      data_through: null,
      async *pages() {
        const lines = text.split('\n');
        for (let from = 0; from < lines.length; from += PAGE)
          yield lines.slice(from, from + PAGE).map((line) => JSON.parse(line) as Cell[]);
      },
    };
  });
  return { tables, cells: width * count };
}

/** A service account of nobody's: its key is made here and signs for the fake below only. */
export function accountOf(api_root: string) {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const key = {
    type: 'service_account',
    client_email: 'bench@bench.iam.gserviceaccount.com',
    private_key: privateKey,
  };
  return { key_json: JSON.stringify(key), api_root };
}
