/**
 * The architecture as a table: which folder may import which. It is the document that cannot lie.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circle } from './circles.ts';
import { allowed, edges, imports, ROOT, sources } from './rooms.ts';

describe('the house', () => {
  it('has rooms that import only downwards', () => {
    const wrong = sources.flatMap((path) =>
      edges(path)
        .filter(([from, to]) => to in allowed && !allowed[from]!.includes(to))
        .map(([from, to]) => `${path}: ${from} must not import ${to}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no circle among its files, types included', () => {
    const graph = new Map(sources.map((path) => [path, imports(path)]));
    expect(circle(graph)).toEqual([]);
  });

  it('would find a circle', () => {
    const graph = new Map([
      ['a', ['b', 'd']],
      ['b', ['c']],
      ['c', ['d', 'b']],
      ['d', []],
    ]);
    expect(circle(graph)).toEqual(['b', 'c', 'b']);
  });

  it('has files of one job: none over 300 lines', () => {
    const long = sources
      .map((path) => [path, readFileSync(join(ROOT, path), 'utf8').split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 300);
    expect(long).toEqual([]);
  });

  it('has no drawer for odds and ends', () => {
    expect(sources.filter((path) => /\b(utils?|helpers?|common|misc)\b/i.test(path))).toEqual([]);
  });

  it('has Workers whose index reads as the system diagram: at most 60 lines', () => {
    const long = sources
      .filter((path) => /^workers\/\w+\/index\.ts$/.test(path))
      .map((path) => [path, readFileSync(join(ROOT, path), 'utf8').split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 60);
    expect(long).toEqual([]);
  });
});
