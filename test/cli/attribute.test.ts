/**
 * `signalhouse attribute`: nothing on stdout but the result, and a refusal that names the thing and
 * the fix.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { seeded } from '../../cli/sample/prng.ts';
import { signalhouse } from './signalhouse.ts';

const folder = mkdtempSync(join(tmpdir(), 'signalhouse-attribute-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string | Buffer): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

async function attribute(...args: string[]) {
  const state = join(folder, 'state');
  const run = await signalhouse(state, 'attribute', ...args);
  expect(existsSync(join(state, 'house.json'))).toBe(false);
  return run;
}

const paths = file(
  'paths.csv',
  'path,conversions,value,null\na > b > c,1,50,0\na,0,0,1\nb > c,0,0,1\n',
);

describe('signalhouse attribute', () => {
  it('prints channel × model, and as JSON one row per model and channel', async () => {
    const text = await attribute(paths, '--models', 'first,markov_1');
    expect([text.status, text.stderr]).toEqual([0, '']);
    expect(text.stdout).toBe(`Conversions
channel  first  markov_1  rank_spread
───────  ─────  ────────  ───────────
a            1       0.2            2
b            0       0.4            1
c            0       0.4            1

Value
channel  first  markov_1
───────  ─────  ────────
a           50        10
b            0        20
c            0        20
`);
    const json = await attribute(paths, '--models', 'last,markov_2', '--json');
    expect(JSON.parse(json.stdout)).toEqual([
      { model: 'last', channel: 'a', conversions: 0, value: 0 },
      { model: 'last', channel: 'b', conversions: 0, value: 0 },
      { model: 'last', channel: 'c', conversions: 1, value: 50 },
      { model: 'markov_2', channel: 'a', conversions: 0.2, value: 10 },
      { model: 'markov_2', channel: 'b', conversions: 0.4, value: 20 },
      { model: 'markov_2', channel: 'c', conversions: 0.4, value: 20 },
    ]);
  });

  it('writes the rows to a file too, with intervals where asked', async () => {
    const out = join(folder, 'out.csv');
    const named = file('named.csv', 'weg;n\n"=a|b";3\n');
    const options = [
      '--path-column',
      'weg',
      '--conversions-column',
      'n',
      '--separator',
      '|',
      '--models',
      'last,markov_1',
    ];
    const run = await attribute(
      named,
      ...options,
      '--bootstrap',
      '40',
      '--seed',
      '5',
      '--out',
      out,
    );
    expect(run.status).toBe(0);
    expect(run.stdout).toContain('95 % interval');
    expect(run.stderr).toMatch(/no column of non-converting paths/);
    expect(readFileSync(out, 'utf8').split('\r\n').slice(0, 3)).toEqual([
      'model,channel,conversions,value,share_lo,share_hi',
      "last,'=a,0,,0,0",
      'last,b,3,,1,1',
    ]);
  });

  it.each([
    ['UTF-16LE', 'utf16le'],
    ['Windows-1252', 'latin1'],
  ] as const)('reads a file in %s, and says so', async (name, encoding) => {
    const text = 'path\tconversions\ncafé → Total Recall\t1\nTotal\t1\n'.replace('→', '>');
    const run = await attribute(
      file(`${name}.csv`, Buffer.from(text, encoding)),
      '--models',
      'last',
      '--json',
    );
    expect(run.stderr).toContain(`is read as ${name}`);
    expect(run.stderr).toContain('Line 3 is the total of the others');
    expect(JSON.parse(run.stdout).map(({ channel }: { channel: string }) => channel)).toEqual([
      'café',
      'Total Recall',
    ]);
  });

  it('credits one kind of conversion of an export, and never adds up several', async () => {
    const exported = file(
      'attribution_paths.csv',
      'path,conversion_type,converting,non_converting,revenue\na > ' +
        'b,booking,3,1,0\na,first_purchase,2,5,80\n',
    );
    const added = await attribute(exported);
    expect([added.status, added.stdout]).toEqual([3, '']);
    expect(added.stderr).toMatch(
      /different conversion_type .* booking, first_purchase; .*--only='conversion_type=booking'/,
    );
    const one = await attribute(
      exported,
      '--only',
      'conversion_type=first_purchase',
      '--models',
      'last',
      '--json',
    );
    expect(JSON.parse(one.stdout)).toEqual([
      { model: 'last', channel: 'a', conversions: 2, value: 80 },
    ]);
  });

  it.each([
    [2, [], /takes one CSV file/],
    [2, [paths, '--models', 'magic'], /there is no model magic; there are first, last/],
    [2, [paths, '--only', 'path'], /--only must be COLUMN=VALUE, not path/],
    [2, [paths, '--out', paths], /--out must be another file/],
    [
      3,
      [paths, '--value-column', 'euros', '--json'],
      /"unknown_column".*no column euros; the file has: path, conversions/,
    ],
    [
      3,
      [file('bad.csv', 'path,conversions\na,1\nb,two\n')],
      /line 3, column conversions: 'two' is not a number/,
    ],
    [3, [file('nul.csv', 'path,conversions\na\0,1\n')], /is not text/],
    [3, [file('book.csv', Buffer.from('PK\x03\x04', 'latin1'))], /is a workbook, not CSV/],
    [4, [folder], /there is no file/],
  ])('ends with %i for %j, with nothing on stdout', async (code, args, message) => {
    const run = await attribute(...args);
    expect([run.status, run.stdout]).toEqual([code, '']);
    expect(run.stderr).toMatch(message);
  });

  it('credits thousands of paths over hundreds of channels in seconds', async () => {
    const random = seeded(9);
    const rows = Array.from({ length: 3_000 }, () => {
      const channels = Array.from(
        { length: random.whole(1, 9) },
        () => `c${Math.floor(200 * random.next() ** 2)}`,
      );
      return `${channels.join(' > ')},${random.whole(0, 2)},${random.whole(0, 20)}`;
    });
    const many = file('many.csv', `path,conversions,null\n${rows.join('\n')}\n`);
    const started = performance.now();
    const run = await attribute(many, '--json');
    expect(performance.now() - started).toBeLessThan(45_000);
    const credits = JSON.parse(run.stdout) as { model: string; conversions: number }[];
    const converted = rows.reduce((sum, row) => sum + Number(row.split(',')[1]), 0);
    for (const model of new Set(credits.map((row) => row.model))) {
      const own = credits
        .filter((row) => row.model === model)
        .map(({ conversions }) => conversions);
      expect(own).toHaveLength(200);
      expect(own.reduce((a, b) => a + b, 0)).toBeCloseTo(converted, 6);
    }
  });
});
