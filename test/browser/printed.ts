/** How much stands on each sheet of a printed page. */
import { inflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';

/** `lines`: heights at which text stands, so at most the number of its lines. */
export type Sheet = { glyphs: number; lines: number };

/** A title and the two lines below it make three. */
export const LEAST_LINES = 5;

/** Each sheet of the page as Chromium prints it. */
export async function printed(page: Page, format: 'A4' | 'Letter'): Promise<Sheet[]> {
  return sheetsOf(await page.pdf({ format, preferCSSPageSize: true }));
}

/**
 * Reads what Chromium writes: a `/Type /Page` object names its stream; in it `… x y Tm` is where
 * text begins, and `<…>` its glyphs, four hex digits each.
 */
export function sheetsOf(pdf: Buffer): Sheet[] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/\/Type \/Page\n[\s\S]*?\/Contents (\d+) 0 R/g)].map(([, id]) => {
    const start = text.indexOf('stream\n', text.indexOf(`\n${id} 0 obj\n`)) + 'stream\n'.length;
    const drawn = inflateSync(pdf.subarray(start)).toString('latin1');
    const shown = [...drawn.matchAll(/<([0-9A-F]+)>/g)].map(([, hex]) => hex!.length / 4);
    const heights = new Set([...drawn.matchAll(/(\S+) Tm\n/g)].map(([, y]) => y));
    return { glyphs: shown.reduce((sum, count) => sum + count, 0), lines: heights.size };
  });
}
