/**
 * No command deletes or overwrites a file that the house did not write (V23): commands run on
 * folders full of somebody's own files.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../cli/command.ts';
import { attribute } from '../../cli/commands/attribute.ts';
import { digest } from '../../cli/commands/digest.ts';
import { exportTables } from '../../cli/commands/export.ts';
import { importFile } from '../../cli/commands/import.ts';
import { looker } from '../../cli/commands/looker.ts';
import { type OpenHouse, openHouse } from '../../cli/house/open.ts';
import { keepPrivate } from '../../cli/house/private.ts';
import { announceRuntime, openState, type State } from '../../cli/house/state.ts';
import { pull, refuseFolder } from '../../cli/pull.ts';
import { landed } from '../../cli/sample/load.ts';
import { refuseForeign, writeOwn } from '../../cli/written-files.ts';
import { DAY } from '../../core/durations.ts';
import { migrate } from '../house.ts';
import { mailEvent, signed } from '../signed.ts';

const root = mkdtempSync(join(tmpdir(), 'signalhouse-written-'));
let state: State;
let house: OpenHouse;

/** A command as a person calls it, in this process: the house stands open once for all of them. */
async function run(
  command: (call: Call) => Promise<void>,
  positionals: string[],
  options: Record<string, string> = {},
) {
  const call: Call = {
    positionals,
    text: (name) => options[name],
    texts: () => [],
    flag: () => false,
    json: true,
    print: () => {},
    say: () => {},
  };
  return command(call).then(
    () => 'done',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
}

/** What `export` does with a folder once its night is over. */
async function pulling(call: Call): Promise<void> {
  const folder = call.text('out')!;
  refuseFolder(folder, state.house.house_id);
  await pull(house, folder);
}

const CSV = join(root, 'inputs', 'people.csv');
const PATHS = join(root, 'inputs', 'paths.csv');

/** Each command that writes where a person says, with names of files that it writes there. */
const commands: { name: string; files: string[]; into: (folder: string) => Promise<string> }[] = [
  {
    name: 'export --out',
    files: ['daily.csv', 'daily.parquet', 'manifest.json', 'signalhouse.xlsx'],
    into: (out) => run(pulling, [], { out }),
  },
  {
    name: 'digest --out',
    files: ['digest.html', 'digest.txt'],
    into: (out) => run(digest, [], { out }),
  },
  {
    name: 'looker pages --out',
    files: ['executive.html'],
    into: (out) => run(looker, ['pages'], { out }),
  },
  {
    name: 'attribute --out',
    files: ['credit.csv'],
    into: (folder) => run(attribute, [PATHS], { out: join(folder, 'credit.csv') }),
  },
  {
    name: 'the rejected rows of import',
    files: ['people.csv.rejected.csv'],
    into: (folder) => {
      const file = join(folder, 'people.csv');
      // The file to import is the person's, too.
      if (!existsSync(file)) writeFileSync(file, readFileSync(CSV));
      return run(importFile, ['contacts', file]);
    },
  },
];

beforeAll(async () => {
  process.env.SIGNALHOUSE_STATE = join(root, 'state');
  state = openState();
  migrate(join(state.folder, 'data'));
  mkdirSync(dirname(CSV), { recursive: true });
  writeFileSync(CSV, 'email,lead_added_at\nann@x.test,2026-03-01\nno address,2026-03-01\n');
  writeFileSync(PATHS, 'path,conversions\na > b,1\n');
  house = await openHouse(state, () => {});
  announceRuntime(state, house.url.origin);
  const created_at = new Date(Date.now() - 10 * DAY).toISOString();
  const event = mailEvent('email.sent', { created_at }, created_at);
  const sent = signed('evt', event, state.house.webhook_secrets.resend);
  expect((await fetch(new URL('/webhooks/resend', house.url), sent)).status).toBe(200);
  await landed(house.db, 1);
  expect(await run(exportTables, [])).toBe('done');
});
afterAll(async () => {
  await house?.close();
  delete process.env.SIGNALHOUSE_STATE;
  rmSync(root, { recursive: true, force: true });
});

/** Every file below `folder` by its name, with its content. */
const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name), 'base64')]),
  );

function fill(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const unrelated = [
  'notes.csv',
  'budget.parquet',
  'plan.xlsx',
  'index.html',
  'old/daily.csv',
  'a.txt',
];
const folders = fc.record({
  command: fc.constantFrom(...commands),
  own: fc.dictionary(fc.constantFrom(...unrelated), fc.string(), { minKeys: 1 }),
  clash: fc.option(fc.tuple(fc.nat(), fc.string())),
});

describe('a folder of somebody’s own files', () => {
  let n = 0;

  it('keeps every one of them, whatever is written into it', async () => {
    const property = fc.asyncProperty(folders, async ({ command, own, clash }) => {
      const folder = join(root, `folder-${n++}`);
      const clashing = clash && command.files[clash[0] % command.files.length]!;
      const mine = { ...own, ...(clashing ? { [clashing]: clash[1] } : {}) };
      fill(folder, mine);
      const before = filesIn(folder);
      expect(await command.into(folder)).toBe(clashing ? 'file_exists' : 'done');
      const after = filesIn(folder);
      expect(after).toMatchObject(before);
      // The file that import reads stands there before it runs.
      const written = Object.keys(after).filter(
        (name) => !(name in before) && name !== 'people.csv',
      );
      if (clashing) expect(written).toEqual([]);
      else expect(written).toEqual(expect.arrayContaining(command.files));
    });
    await fc.assert(property, { numRuns: process.env.FULL ? 50 : 12, seed: 23 });
  });

  it.each(commands)(
    '$name writes over its own files, but not over one that was edited',
    async ({ files, into }) => {
      const folder = join(root, `again-${n++}`);
      mkdirSync(folder);
      expect(await into(folder)).toBe('done');
      expect(await into(folder)).toBe('done');
      const edited = join(folder, files.at(-1)!);
      writeFileSync(edited, 'edited');
      expect(await into(folder)).toBe('file_exists');
      expect(readFileSync(edited, 'utf8')).toBe('edited');
    },
  );

  it('knows the files of an export that is older than the ledger by its manifest', async () => {
    const folder = join(root, 'older');
    const [{ into }] = commands as [(typeof commands)[number]];
    const forget = () => rmSync(join(state.folder, 'written'), { recursive: true });
    await into(folder);
    forget();
    writeFileSync(join(folder, 'signalhouse.xlsx'), 'with notes of its reader');
    expect(await into(folder)).toBe('done');
    expect(readFileSync(join(folder, 'signalhouse.xlsx.before'), 'utf8')).toBe(
      'with notes of its reader',
    );
    forget();
    expect(await into(folder)).toBe('file_exists');
    rmSync(join(folder, 'signalhouse.xlsx.before'));
    writeFileSync(join(folder, 'daily.csv'), 'edited');
    const before = filesIn(folder);
    expect(await into(folder)).toBe('file_exists');
    expect(filesIn(folder)).toEqual(before);
    rmSync(join(folder, 'daily.csv'));
    writeFileSync(join(folder, 'manifest.json'), '{"name": "a web app"}');
    expect(await into(folder)).toBe('file_exists');
  });
});

it('what the house keeps is its owner’s alone, also what another umask made before', () => {
  const { folder } = state;
  const modes = (): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => !/^(out|current|exported-to)/.test(name))
      .map((name) => statSync(join(folder, name)))
      .map((entry) => `${entry.isDirectory() ? 'd' : 'f'}${(entry.mode & 0o777).toString(8)}`);
  const isPrivate = ['d700', 'f600'];
  expect(modes().length).toBeGreaterThan(10);
  expect(modes().filter((mode) => !isPrivate.includes(mode))).toEqual([]);
  chmodSync(join(folder, 'house.json'), 0o644);
  chmodSync(join(folder, 'data'), 0o755);
  keepPrivate(folder);
  expect(modes().filter((mode) => !isPrivate.includes(mode))).toEqual([]);
});

it('a link is never followed, and a file where a folder should be is named', () => {
  const folder = join(root, 'links');
  fill(folder, { 'mine.txt': 'mine' });
  symlinkSync(join(folder, 'mine.txt'), join(folder, 'link.txt'));
  expect(() => writeOwn(join(folder, 'link.txt'), 'theirs')).toThrow(/did not write .*link\.txt/);
  expect(() => writeOwn(join(folder, 'mine.txt', 'x.csv'), '')).toThrow(
    /mine\.txt is not a folder/,
  );
  expect(readFileSync(join(folder, 'mine.txt'), 'utf8')).toBe('mine');
});

it('names a few of many files', () => {
  const folder = join(root, 'many');
  fill(folder, Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`${i}.csv`, ''])));
  const all = readdirSync(folder).map((name) => join(folder, name));
  expect(() => refuseForeign(all)).toThrow(/0\.csv, .*4\.csv and 4 more, .*Move it away/);
});
