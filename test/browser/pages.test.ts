/**
 * The pages in a real browser: nothing cut off at any width, both themes readable, whole on paper.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportDocument } from '../../looker/drawing/document.ts';
import type { Row } from '../../looker/evaluate.ts';
import { reportPages } from '../../looker/pages/index.ts';
import { type Source, sourceNames } from '../../looker/sources.ts';
import { publishedRows, TODAY } from '../looker/published-rows.ts';
import { LONG_EMAIL, LONG_NAME, LONG_WORD, type Looked, openLookedAtHouse } from './house.ts';
import {
  beyondTheEdge,
  faintTexts,
  hiddenFigures,
  rawCodes,
  unitlessAxes,
  unnamed,
} from './in-page.ts';
import { LEAST_LINES, printed, sheetsOf } from './printed.ts';

let looked: Looked;

beforeAll(async () => {
  looked = await openLookedAtHouse();
});
afterAll(() => looked?.close());

const PHONE = 390;
const paths = {
  'the dashboard': '/',
  'the list of people': '/people',
  'a person': '/people/ada@example.com',
  'a person of long words': `/people/${LONG_EMAIL}`,
};

const reports = Object.fromEntries(
  reportPages.map((report) => [
    report.title,
    reportDocument(report, {
      rows: Object.fromEntries(sourceNames.map((name) => [name, publishedRows(name)])) as Record<
        Source,
        Row[]
      >,
      as_of: Date.parse(`${TODAY}T06:00:00Z`),
      today: TODAY,
      is_sample: false,
    }),
  ]),
);

async function openAt(path: string, width: number): Promise<Page> {
  const page = await looked.open(path);
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  await page.setViewportSize({ width, height: 900 });
  return page;
}

describe.each(Object.entries(paths))('%s', (_, path) => {
  it('keeps within every width, in both themes', async () => {
    const page = await openAt(path, 1440);
    expect(await page.evaluate(unnamed)).toEqual([]);
    for (const width of [1440, 1024, PHONE]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate(beyondTheEdge), `${width} wide`).toEqual([]);
    }
    expect(await page.evaluate(hiddenFigures)).toEqual([]);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await page.evaluate(faintTexts), colorScheme).toEqual([]);
    }
  });

  it('writes words, not codes, and what each axis counts', async () => {
    const page = await openAt(path, 1440);
    expect(await page.evaluate(rawCodes)).toEqual([]);
    expect(await page.evaluate(unitlessAxes)).toEqual([]);
  });

  it.each(['A4', 'Letter'] as const)('is whole on %s', async (format) => {
    const page = await openAt(path, 700);
    await page.emulateMedia({ media: 'print', colorScheme: 'light' });
    const cut = await page.evaluate(() => [
      document.documentElement.scrollWidth - innerWidth,
      ...[...document.querySelectorAll('.scroll')].map((of) => of.scrollWidth - of.clientWidth),
    ]);
    expect(Math.max(...cut), 'pixels cut off').toBeLessThanOrEqual(0);
    const sheets = await printed(page, format);
    expect(sheets.length).toBeGreaterThan(0);
    for (const { lines } of sheets)
      expect(lines, JSON.stringify(sheets)).toBeGreaterThanOrEqual(LEAST_LINES);
  });
});

describe.each(Object.entries(reports))('the report page %s', (_, text) => {
  it('keeps within every width, and says what each axis counts', async () => {
    const page = await looked.context.newPage();
    await page.setContent(text);
    for (const width of [1440, 1024, PHONE]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate(beyondTheEdge), `${width} wide`).toEqual([]);
    }
    expect(await page.evaluate(hiddenFigures)).toEqual([]);
    expect(await page.evaluate(unnamed)).toEqual([]);
    expect(await page.evaluate(unitlessAxes)).toEqual([]);
    for (const { lines } of await printed(page, 'A4'))
      expect(lines).toBeGreaterThanOrEqual(LEAST_LINES);
    await page.close();
  });
});

it('counts a sheet with a title alone as one line', async () => {
  const page = await looked.context.newPage();
  await page.setContent('<h1 style="break-after: page">Alone</h1><p>Below</p><p>it</p>');
  expect(sheetsOf(await page.pdf())).toEqual([
    { glyphs: 5, lines: 1 },
    { glyphs: 7, lines: 2 },
  ]);
  await page.close();
});

it('shows a name whole, however long', async () => {
  const page = await openAt(`/people/${LONG_EMAIL}`, PHONE);
  expect(await page.locator('h1').textContent()).toBe(LONG_WORD);
  await openAt('/people', PHONE);
  expect(await page.getByText(LONG_NAME).first().isVisible()).toBe(true);
});

it('shows each model’s share of a channel, and a deep cell where it is the whole', async () => {
  const page = await openAt('/', PHONE);
  expect(await page.locator('.heat thead th').allTextContents()).toContain('W-shaped');
  const deepest = page.locator('.heat tbody tr').first().locator('td.h9');
  // Eleven models: Markov stands here after the first night.
  expect(await page.locator('.heat thead th').count()).toBe(13);
  expect(await deepest.count()).toBeGreaterThan(0);
});

it('is reached with the keyboard, skip link first', async () => {
  const page = await openAt('/people', 1440);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
    'Skip to the content',
  );
});
