/**
 * Path counts read from a file and credited: nothing is lost, nothing is NaN, and what cannot be
 * read is named.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../cli/sample/prng.ts';
import { attribute, pathModels, refusalOf } from '../../core/attribution/attribute.ts';
import { shareIntervals } from '../../core/attribution/bootstrap.ts';
import type { Path } from '../../core/attribution/path.ts';
import { readPathFile } from '../../core/attribution/path-file.ts';
import { Fault } from '../../core/faults.ts';

const CSV =
  'path,total_conversions,total_conversion_value,total_null\na > b,1,3.5,2\nb > b > a,2,-1,0\n';
const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

describe('a file of path counts', () => {
  const wanted: Path[] = [
    { channels: ['a', 'b'], conversions: 1, value: 3.5, non_conversions: 2 },
    { channels: ['b', 'b', 'a'], conversions: 2, value: -1, non_conversions: 0 },
  ];

  it.each([
    ['commas', CSV, {}],
    ['semicolons', CSV.replaceAll(',', ';'), {}],
    ['tabs and Windows lines', CSV.replaceAll(',', '\t').replaceAll('\n', '\r\n'), {}],
    ['bars', CSV.replaceAll(',', '|'), {}],
    ['a BOM and quotes', `\uFEFF${CSV.replace('path', '"path"').replace('a > b', '"a > b"')}`, {}],
    [
      'names of its own',
      CSV.replace('path', 'Journey').replace('total_null', 'lost'),
      { path: 'Journey', null: 'lost' },
    ],
    ['short names', CSV.replaceAll('total_conversion_value', 'value').replaceAll('total_', ''), {}],
    ['capitals', CSV.replace('path', 'Path').replace('total_null', 'TOTAL_NULL'), {}],
    [
      'the delimiter that Excel states in a line of its own',
      `sep=;\r\n${CSV.replaceAll(',', ';')}`,
      {},
    ],
    ['a stated delimiter that is no usual one', `\uFEFF"sep=~"\n${CSV.replaceAll(',', '~')}`, {}],
    [
      'the names of attribution_paths',
      CSV.replace(/.*/, 'path,converting,revenue,non_converting'),
      {},
    ],
  ])('is read with %s', (_, text, columns) => {
    expect(readPathFile(text, columns)).toEqual({
      paths: wanted,
      has_value: true,
      has_null: true,
      notes: [],
    });
  });

  it('can have decimal commas, another separator, numbers in R’s notation and blank steps', () => {
    const text = 'path;conversions;value\nx, y ,,z;1e+05;3,5\n';
    expect(readPathFile(text, {}, { separator: ',', decimal: ',' })).toEqual({
      paths: [{ channels: ['x', 'y', 'z'], conversions: 100_000, value: 3.5, non_conversions: 0 }],
      has_value: true,
      has_null: false,
      notes: [],
    });
  });

  it.each([
    ['', /empty/],
    ['path,conversions\n', /no paths/],
    ['way,conversions\na,1\n', /no column path; the file has: way, conversions.*--path-column/],
    ['path,n\na,1\n', /no column total_conversions or conversions/],
    ['path,conversions,path\na,1,b\n', /two columns path/],
    ['path,conversions\na,one\n', /line 2, column conversions: 'one' is not a number/],
    ['path,conversions\na,1\nb,\n', /line 3, column conversions: is blank; write 0/],
    ['path,conversions\na,-2\n', /line 2, column conversions: -2 is negative/],
    ['path,conversions,null\na,2,-1\n', /line 2, column null: -1 is negative/],
    ['path,conversions\na,1e308\n', /line 2, column conversions: 1e308 is beyond 2\^53/],
    ['path,conversions\na,1e999\n', /line 2, column conversions: 1e999 is beyond 2\^53/],
    ['path,conversions,value\na,1,-1e308\n', /line 2, column value: -1e308 is beyond 2\^53/],
    ['sep=;\npath;conversions\na;one\n', /line 3, column conversions: 'one' is not a number/],
    ['sep=;\n', /empty/],
    [
      'path;conversions;value\na;1;2,5\n',
      /'2,5' is not a number; if its decimal mark is ',', use --decimal ,/,
    ],
    ['path,conversions\na,1,2\n', /line 2: has 3 cells where the header has 2/],
    ['path,conversions\n"a,1\n', /line 2: a quote/],
  ])('%j is refused', (text, message) => {
    expect(() => readPathFile(text, {})).toThrow(Fault);
    expect(() => readPathFile(text, {})).toThrow(message);
  });

  describe('whose rows are of several kinds', () => {
    const text =
      'path,kind,country,conversions\na,lead,UK,1\nb,sale,UK,2\nc,sale, NZ ,4\nd,sale,FR,x\n';
    const read = (...only: [string, string][]) =>
      readPathFile(
        text,
        {},
        { only: only.map(([column, value]) => ({ column, value })), neverAdded: ['kind'] },
      ).paths.map(({ conversions }) => conversions);

    it('is refused with the kinds and the way to take one', () => {
      expect(() => read()).toThrow(
        'rows of different kind are never added up, and the file has lead, sale; ' +
          "choose one with --only='kind=lead'",
      );
      expect(() => read(['kind', 'lead'], ['kind', 'sale'])).toThrow(/never added up/);
    });

    it('is read in the rows asked for: any of the values of a column, in every column', () => {
      expect(read(['kind', 'lead'])).toEqual([1]);
      expect(read(['kind', 'sale'], ['country', 'UK'])).toEqual([2]);
      expect(read(['kind', 'sale'], ['country', 'UK'], ['country', 'NZ'])).toEqual([2, 4]);
    });

    it('is refused where no row has what was asked for', () => {
      expect(() => read(['kind', 'sales'])).toThrow(
        'no row has the kind sales; the file has lead, sale',
      );
      expect(() => read(['kind', 'lead'], ['country', 'FR'])).toThrow(
        'no row has all of kind=lead, country=FR',
      );
      expect(() => read(['sort', 'sale'])).toThrow(
        'no column sort; the file has: path, kind, country, conversions',
      );
    });
  });

  it('tells of a separator that cuts nothing', () => {
    expect(() => readPathFile('path,conversions\na>b,1\n', {}, { separator: ' > ' })).toThrow(
      "use --separator='>'",
    );
  });

  it('knows unattributed, as attribution_paths writes it, as no channel', () => {
    const { paths } = readPathFile('path,conversions\nunattributed,3\nunattributed > a,1\n', {});
    expect(paths.map(({ channels }) => channels)).toEqual([[], ['a']]);
  });

  it('names a column that was asked for and is not there', () => {
    expect(() => readPathFile(CSV, { value: 'euros' })).toThrow(
      /no column euros; the file has: path, /,
    );
  });
});

const anyPath: fc.Arbitrary<Path> = fc.record({
  channels: fc.array(fc.constantFrom('direct', 'email', 'call', 'event'), { maxLength: 7 }),
  conversions: fc.nat(5),
  non_conversions: fc.nat(5),
  value: fc.integer({ min: -900, max: 900 }),
});

describe('credit', () => {
  it.each(pathModels)('by %s sums to the conversions and their value', (model) => {
    fc.assert(
      fc.property(fc.array(anyPath, { maxLength: 12 }), (paths) => {
        const credits = attribute(paths, model);
        const touched = sum(paths.map((path) => (path.channels.length > 0 ? path.conversions : 0)));
        const credited =
          model.startsWith('markov') && touched === 0
            ? paths.filter((path) => path.channels.length === 0)
            : paths;
        expect(sum(credits.map(({ conversions }) => conversions))).toBeCloseTo(
          sum(credited.map((path) => path.conversions)),
          9,
        );
        expect(sum(credits.map(({ value }) => value))).toBeCloseTo(
          sum(credited.map((path) => path.value)),
          9,
        );
        expect(
          credits.every(
            ({ conversions, value }) => Number.isFinite(conversions) && Number.isFinite(value),
          ),
        ).toBe(true);
        expect(new Set(credits.map(({ channel }) => channel)).size).toBe(credits.length);
      }),
      { numRuns: 40 },
    );
  });

  it('prints the classical totals of Markov: conversions × effect ÷ Σ effects', () => {
    // The effects are 1/2, 1 and 1 (the three states solved by hand), so of one conversion a has
    // 1/5 and the others 2/5.
    const paths = [
      { channels: ['a', 'b', 'c'], conversions: 1, non_conversions: 0, value: 50 },
      { channels: ['a'], conversions: 0, non_conversions: 1, value: 0 },
      { channels: ['b', 'c'], conversions: 0, non_conversions: 1, value: 0 },
    ];
    expect(
      attribute(paths, 'markov_1').map(({ conversions, value }) => [conversions, value]),
    ).toEqual([
      [0.2, 10],
      [0.4, 20],
      [0.4, 20],
    ]);
  });

  it('keeps conversions without a touch apart', () => {
    const paths = [
      { channels: ['a'], conversions: 2, non_conversions: 1, value: 8 },
      { channels: [], conversions: 3, non_conversions: 4, value: 5 },
    ];
    for (const model of pathModels)
      expect(attribute(paths, model)).toEqual([
        { channel: 'a', conversions: 2, value: 8 },
        { channel: 'unattributed', conversions: 3, value: 5 },
      ]);
  });

  it('says why a model cannot be had from counts', () => {
    expect(refusalOf('time_decay')).toMatch(/the time of each touch/);
    expect(refusalOf('full_path')).toMatch(/became a lead/);
    expect(refusalOf('magic')).toMatch(/there is no model magic; there are first, last, /);
    expect(pathModels.map(refusalOf)).toEqual(pathModels.map(() => undefined));
  });
});

describe('bootstrap intervals of shares', () => {
  const paths = [
    { channels: ['a', 'b'], conversions: 60, non_conversions: 500, value: 0 },
    { channels: ['b'], conversions: 40, non_conversions: 900, value: 0 },
    { channels: ['c'], conversions: 0, non_conversions: 70, value: 0 },
  ];

  it('are the same for the same seed, and hold the share', () => {
    const found = shareIntervals(paths, 'shapley', 200, seeded(3).next);
    expect(shareIntervals(paths, 'shapley', 200, seeded(3).next)).toEqual(found);
    const { share_lo, share_hi } = found.get('a')!;
    // 30 of 100: a half of each of 60; the part of 100 that is 60 has a standard error of 4.9 %,
    // half of it is 2.4 %.
    expect(share_lo).toBeGreaterThan(0.22);
    expect(share_lo).toBeLessThan(0.28);
    expect(share_hi).toBeGreaterThan(0.32);
    expect(share_hi).toBeLessThan(0.38);
    expect(found.get('c')).toEqual({ share_lo: 0, share_hi: 0 });
  });

  it('are missing where nothing converted', () => {
    expect(shareIntervals([paths[2]!], 'markov_1', 40, seeded(1).next).size).toBe(0);
  });
});
