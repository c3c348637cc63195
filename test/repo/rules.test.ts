/** Each rule has one home, which docs/rules.md names, and a test that cites it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { homes, rulesIn, rulesPage, sources } from '../../cli/rules-page.ts';
import { ROOT } from './rooms.ts';

const SPEC = join(ROOT, '../shared/spec/rules.md');
const isTest = (path: string): boolean => path.startsWith('test/');
const files = [...sources()];

/** The ids that comments cite in brackets: `(R8c, R8d)`. */
const citedIn = (text: string): string[] =>
  (text.match(/(?:\/\/|--|\*).*\([^()]*\)/g) ?? []).flatMap((line) =>
    (line.match(/\([^()]*\)/g) ?? []).flatMap(rulesIn),
  );

const home = homes();
const cited = new Set(files.filter(([path]) => !isTest(path)).flatMap(([, text]) => citedIn(text)));
const tested = new Set(files.filter(([path]) => isTest(path)).flatMap(([, text]) => rulesIn(text)));

describe('a rule', () => {
  it('has one home', () => {
    expect([...home].filter(([, paths]) => paths.length > 1)).toEqual([]);
  });

  it('that code cites has a home', () => {
    expect([...cited].filter((id) => !home.has(id))).toEqual([]);
  });

  it('that code holds is cited by a test', () => {
    expect([...home.keys()].filter((id) => !tested.has(id))).toEqual([]);
  });

  it('stands in docs/rules.md with its home: npm run contracts writes it', () => {
    expect(readFileSync(join(ROOT, 'docs/rules.md'), 'utf8')).toBe(rulesPage());
  });

  it('stands in the table of CONTRIBUTING.md with its home, where it is one of the thirty', () => {
    const page = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
    const rows = [...page.matchAll(/^\| ([A-Z]\d+[a-d]?) \| [^|]+ \| `([^`]+)` \|$/gm)];
    expect(rows).toHaveLength(30);
    expect(rows.map(([, id, path]) => [id, path])).toEqual(
      rows.map(([, id]) => [id, home.get(id!)?.[0]]),
    );
  });

  it.skipIf(!existsSync(SPEC))('is one of the specification', () => {
    const known = new Set(rulesIn(readFileSync(SPEC, 'utf8')));
    const named = [...home.keys(), ...cited, ...files.flatMap(([, text]) => citedIn(text))];
    expect(named.filter((id) => !known.has(id))).toEqual([]);
  });
});
