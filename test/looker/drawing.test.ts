/**
 * The drawn pages: whole, self-contained and readable aloud, from a house with data and from an
 * empty one.
 */
import { describe, expect, it } from 'vitest';
import { reportDocument } from '../../looker/drawing/document.ts';
import type { Row } from '../../looker/evaluate.ts';
import { reportPages } from '../../looker/pages/index.ts';
import { chartsOf } from '../../looker/report.ts';
import { type Source, sourceNames } from '../../looker/sources.ts';
import { publishedRows, TODAY } from './published-rows.ts';

const published = (rowsOf: (source: Source) => Row[]) => ({
  rows: Object.fromEntries(sourceNames.map((source) => [source, rowsOf(source)])) as Record<
    Source,
    Row[]
  >,
  as_of: Date.parse(`${TODAY}T06:00:00Z`),
  today: TODAY,
  is_sample: true,
});

describe.each(reportPages.map((page) => [page.id, page] as const))('%s', (_, page) => {
  const text = reportDocument(page, published(publishedRows));

  it('shows every chart with its question', () => {
    for (const chart of chartsOf(page)) {
      expect(text).toContain(`>${chart.title}</h2>`);
      if (chart.kind !== 'scorecard') expect(text).toContain(chart.question);
    }
    expect(text).not.toMatch(/NaN|undefined|\[object/);
  });

  it('writes words where a published table has codes', () => {
    const words = text.replace(/<(style|code)>[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ');
    expect(words.match(/\b[a-z]+(_[a-z0-9]+)+\b/g) ?? []).toEqual([]);
  });

  it('needs nothing from elsewhere', () => {
    expect(text).not.toMatch(/<script|<link rel="stylesheet"|@import|src="|url\(|https?:/);
  });

  it('names every drawing and table, each id once', () => {
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(text.match(/<svg /g)?.length).toBe(
      text.match(/<svg [^>]*aria-labelledby[^>]*>\s*<title/g)?.length,
    );
    expect(text.match(/<table>/g)?.length).toBe(text.match(/<caption/g)?.length);
  });

  it('draws an empty house without a figure', () => {
    const empty = reportDocument(
      page,
      published(() => []),
    );
    expect(empty).toContain('No data.');
    expect(empty).not.toMatch(/NaN|undefined|Infinity/);
  });
});
