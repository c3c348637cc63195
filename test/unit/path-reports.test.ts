/**
 * Path files as analytics and people write them: read right, or refused with what to do; a total is
 * never a channel.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Path } from '../../core/attribution/path.ts';
import { type PathReading, readPathFile } from '../../core/attribution/path-file.ts';
import { Fault } from '../../core/faults.ts';

const read = (text: string, reading: PathReading = {}) => readPathFile(text, {}, reading);
const channels = (path: string, reading: PathReading = {}) =>
  read(`path\tconversions\n${path}\t1\n`, reading).paths[0]!.channels;

describe('a path', () => {
  it.each([
    ['Direct × 2 > Email', ['Direct', 'Direct', 'Email']],
    ['Direct x 3', ['Direct', 'Direct', 'Direct']],
    ['Direct X2>Email', ['Direct', 'Direct', 'Email']],
    ['Paid Search×2 > Direct', ['Paid Search', 'Paid Search', 'Direct']],
    ['Direct × 1', ['Direct']],
    ['Netflix 2 > Xbox', ['Netflix 2', 'Xbox']],
    ['a -> b -> c', ['a', 'b', 'c']],
    ['a => b', ['a', 'b']],
    ['a → b', ['a', 'b']],
    ['a » b', ['a', 'b']],
    ['google / cpc > (direct) / (none)', ['google / cpc', '(direct) / (none)']],
    ['google / cpc', ['google / cpc']],
    ['cold_email', ['cold_email']],
    ['google | cpc > direct', ['google | cpc', 'direct']],
  ])('%s is read as %j', (path, wanted) => {
    expect(channels(path)).toEqual(wanted);
  });

  it.each([
    ['a | b', /no path has an arrow.*1 have '\|'.*--separator='\|'.*--separator='>'/],
    ['a, b', /--separator=','/],
    ['a > b → c', /separated by → and by >; say which with --separator='→'/],
    ['Direct × 0', /repeats a channel 0 times/],
    ['Direct × 1001', /repeats a channel 1001 times/],
  ])('%s is refused', (path, message) => {
    expect(() => channels(path)).toThrow(message);
  });

  it('is cut as stated, though it has another sign', () => {
    expect(channels('a, b', { separator: '>' })).toEqual(['a, b']);
    expect(channels('a, b > c', { separator: ',' })).toEqual(['a', 'b > c']);
  });
});

const REPORT = `# ----------------------------------------
# Top conversion paths
# 20260101-20260131
# ----------------------------------------
,MCF Channel Grouping Path,Conversions,Conversion Value
1,Direct × 2,"1,200","$12,000.50"
2,Email > Direct,34,$0.00
,Total,"1,234","$12,000.50"
`;

describe('a report', () => {
  it('is read below its titles and without its line of totals', () => {
    const { paths, notes } = read(REPORT);
    expect(paths).toEqual([
      { channels: ['Direct', 'Direct'], conversions: 1200, value: 12_000.5, non_conversions: 0 },
      { channels: ['Email', 'Direct'], conversions: 34, value: 0, non_conversions: 0 },
    ]);
    expect(notes).toEqual([
      'The header is line 5; the lines above it are skipped.',
      'Line 8 is the total of the others, not a path.',
    ]);
  });

  it.each([
    [
      'a total that is none',
      REPORT.replace('1,234', '1,235'),
      /line 8 looks like a total, but is not the sum/,
    ],
    [
      'a total without a name',
      REPORT.replace('Total', ''),
      /line 8 has no path, and equals all the others/,
    ],
    ['two currencies', REPORT.replace('$0.00', '€0.00'), /is in \$ \(line 6\) and € \(line 7\)/],
    [
      'an amount for a count',
      REPORT.replace(',34,', ',$34,'),
      /'\$34' is an amount of \$, not a count/,
    ],
    ['a percentage', REPORT.replace(',34,', ',34%,'), /'34%' is not a number/],
    [
      'two columns of paths',
      'source path,medium path,conversions\na,b,1\n',
      /both source path and medium path/,
    ],
    ['commas and points', 'path;conversions\na;1.234,5\n', /decimal mark is ',', use --decimal ,/],
    [
      'a point under a comma',
      'path;conversions\na;2.5\n',
      /decimal mark is '\.', use --decimal \./,
    ],
  ])('with %s is refused', (_, text, message) => {
    const decimal = text.includes('2.5') ? ',' : undefined;
    expect(() => read(text, { decimal })).toThrow(Fault);
    expect(() => read(text, { decimal })).toThrow(message);
  });

  it('says that a number may be a fraction or thousands, unless another number tells', () => {
    expect(() => read('path,conversions\na,1.234\n')).toThrow(
      "line 2, column conversions: '1.234' may be a fraction or thousands; " +
        'use --decimal . or --decimal ,',
    );
    const conversions = (text: string, reading?: PathReading) =>
      read(text, reading).paths.map((path) => path.conversions);
    expect(conversions('path;conversions\na;1.234\n', { decimal: ',' })).toEqual([1234]);
    expect(conversions('path,conversions\na,1.234\n', { decimal: '.' })).toEqual([1.234]);
    expect(conversions('path,conversions\na,1.234\nb,2.5\n')).toEqual([1.234, 2.5]);
  });

  it('may have conversions without a touch', () => {
    const { paths } = read('path,conversions\na,2\nb,3\n,1\n');
    expect(paths.map((path) => path.channels)).toEqual([['a'], ['b'], []]);
  });
});

const NAMES = ['Direct', 'E-mail', 'google / cpc', 'Wörd of mouth', '日本', 'Total Recall', 'x'];
const drawnPath: fc.Arbitrary<Path> = fc.record({
  channels: fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 6 }),
  conversions: fc.nat(2_000_000),
  non_conversions: fc.nat(2_000_000),
  value: fc.integer({ min: -500_000_000, max: 500_000_000 }).map((cents) => cents / 100),
});
const dialect = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t'),
  end: fc.constantFrom('\n', '\r\n'),
  arrow: fc.constantFrom(' > ', '>', ' -> ', ' → ', ' » '),
  decimal: fc.constantFrom('.' as const, ',' as const),
  group: fc.constantFrom('', "'", '\u202f', 'other'),
  repeats: fc.constantFrom('', ' × ', ' x '),
  titles: fc.nat(3),
  hasTotal: fc.boolean(),
  isQuoted: fc.boolean(),
  minus: fc.constantFrom('-', '−', '()'),
});
type Dialect = typeof dialect extends fc.Arbitrary<infer T> ? T : never;

/** A number with as many decimals, as the dialect writes it. */
function written(value: number, decimals: number, { decimal, group, minus }: Dialect): string {
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split('.');
  const mark = group === 'other' ? (decimal === '.' ? ',' : '.') : group;
  const digits =
    whole!.replace(/\B(?=(\d{3})+$)/g, mark) + (fraction ? `${decimal}${fraction}` : '');
  if (value >= 0) return digits;
  return minus === '()' ? `(${digits})` : `${minus}${digits}`;
}

/** Runs of one channel as analytics write them. */
function pathText(path: Path, { arrow, repeats }: Dialect): string {
  const runs: { channel: string; times: number }[] = [];
  for (const channel of path.channels)
    if (repeats !== '' && runs.at(-1)?.channel === channel) runs.at(-1)!.times += 1;
    else runs.push({ channel, times: 1 });
  return runs
    .map(({ channel, times }) => (times > 1 ? `${channel}${repeats}${times}` : channel))
    .join(arrow);
}

function fileText(paths: Path[], as: Dialect): string {
  const counts = ({ conversions, value, non_conversions }: Omit<Path, 'channels'>) => [
    written(conversions, 0, as),
    written(value, 2, as),
    written(non_conversions, 0, as),
  ];
  const sum = (name: 'conversions' | 'value' | 'non_conversions') =>
    paths.reduce((total, path) => total + path[name], 0);
  const total = {
    conversions: sum('conversions'),
    value: sum('value'),
    non_conversions: sum('non_conversions'),
  };
  const rows = [
    ['Path', 'Conversions', 'Value', 'Null'],
    ...paths.map((path) => [pathText(path, as), ...counts(path)]),
    ...(as.hasTotal ? [['Grand total', ...counts(total)]] : []),
  ];
  const quote = (cell: string) =>
    as.isQuoted || cell.includes(as.delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const titles = Array.from({ length: as.titles }, (_, i) => `# Report ${i}`);
  return [...titles, ...rows.map((row) => row.map(quote).join(as.delimiter))].join(as.end);
}

describe('a generated file of paths', () => {
  it('in any dialect is read to the cell', () => {
    fc.assert(
      fc.property(fc.array(drawnPath, { minLength: 1, maxLength: 8 }), dialect, (paths, as) => {
        const found = readPathFile(fileText(paths, as), {}, { decimal: as.decimal });
        expect(found.paths).toEqual(paths.map((path) => ({ ...path, value: path.value || 0 })));
      }),
      { numRuns: 300 },
    );
  });

  it('whose mark nobody states, or under the other one, is read to the cell or refused', () => {
    fc.assert(
      fc.property(fc.array(drawnPath, { minLength: 1, maxLength: 4 }), dialect, (paths, as) => {
        const other = as.decimal === '.' ? ',' : '.';
        const reading = as.isQuoted ? {} : { decimal: other as typeof as.decimal };
        try {
          const found = readPathFile(fileText(paths, as), {}, reading);
          expect(found.paths).toEqual(paths.map((path) => ({ ...path, value: path.value || 0 })));
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
        }
      }),
      { numRuns: 200 },
    );
  });
});
