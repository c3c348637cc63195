/** Every line that people write fits a page: at most 100 columns, in every tracked text file. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAX_COLUMNS } from '../../core/display/wrapped.ts';
import { ROOT } from './rooms.ts';

/** A kind of file, and which of its lines may be longer; the first that matches counts. */
const mayBeLonger: [files: RegExp, line: RegExp][] = [
  // Pictures, and what no person writes.
  [/\.png$|package-lock\.json$|^sql\/published\.json$/, /^/],
  // What was applied stays as it was applied.
  [/^migrations\//, /^/],
  // A row of data, or a text of JSON, cannot be broken.
  [/\.csv$/, /^/],
  [/\.jsonc?$/, /": "/],
  // Rows of tables; commands and output as they are typed and printed.
  [/\.md$/, /^ *\||^ {4}|^npm run /],
];

function longLinesOf(path: string, text: string): string[] {
  const [, free] = mayBeLonger.find(([files]) => files.test(path)) ?? [];
  return text
    .split('\n')
    .map((line, i) => [line, `${path}:${i + 1}`] as const)
    .filter(([line]) => [...line].length > MAX_COLUMNS && !free?.test(line))
    .map(([, place]) => place);
}

describe('a line', () => {
  it('has at most 100 columns', () => {
    const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' });
    const paths = tracked.split('\0').filter(Boolean);
    expect(paths.length).toBeGreaterThan(900);
    const long = paths.flatMap((path) => longLinesOf(path, readFileSync(join(ROOT, path), 'utf8')));
    expect(long).toEqual([]);
  });

  it('that is longer is named, and columns are counted, not bytes', () => {
    const long = 'x'.repeat(101);
    expect(longLinesOf('core/a.ts', `const a = 1;\n${long}\n`)).toEqual(['core/a.ts:2']);
    expect(longLinesOf('core/a.ts', '→'.repeat(100))).toEqual([]);
    expect(longLinesOf('docs/a.md', `| ${long} |\n    ${long}\n${long}\n`)).toEqual([
      'docs/a.md:3',
    ]);
  });
});
