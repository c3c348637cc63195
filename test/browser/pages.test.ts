/** The pages in a real browser: no sideways scrolling, both themes readable, nothing without a name. */
import chromiumFile from '@sparticuz/chromium';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../../platform/config.ts';
import { ensureHouse } from '../../platform/d1/house.ts';
import { openTestHouse, RESEND_SECRET, type TestHouse, TOKEN } from '../house.ts';

let house: TestHouse;
let browser: Browser;

const keys = {
  RESEND_WEBHOOK_SECRET: RESEND_SECRET,
  CONTACT_KEY_SECRET: 'test-contact-key-secret',
};

beforeAll(async () => {
  house = await openTestHouse();
  await ensureHouse(house.db, parseConfig({ API_TOKEN: TOKEN, HOUSE_ID: 'test-house', ...keys }));
  const ada = {
    email: 'ada@example.com',
    full_name: 'Ada Byron',
    channel_origin: 'referral',
    lead_type: 'ebook',
  };
  const tell = (path: string, body: object) =>
    house.call(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  await tell('/api/contacts', ada);
  await house.until('select count(*) from contact_summary', 1);
  const sale = {
    contact: ada.email,
    purchased_at: new Date().toISOString(),
    product: 'Maths',
    amount: '490',
  };
  await tell('/api/purchases', { ...sale, currency: 'USD' });
  await house.until('select count(*) from purchases', 1);
  browser = await chromium.launch({
    executablePath: await chromiumFile.executablePath(),
    args: ['--no-sandbox', '--disable-gpu', '--headless', '--disable-dev-shm-usage'],
  });
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

/** What the page has that a reader of screens would stumble over. */
const unnamed = () => {
  const all = (selector: string) => [...document.querySelectorAll(selector)];
  return [
    ...all('svg').filter((svg) => !svg.querySelector('title')?.textContent),
    ...all('table').filter(
      (t) => !t.querySelector('caption')?.textContent || !t.querySelector('th[scope="col"]'),
    ),
    ...all('input, select').filter((field) => !(field as HTMLInputElement).labels?.length),
    ...all('a, button').filter((link) => !link.textContent?.trim()),
  ].map((element) => element.outerHTML.slice(0, 120));
};

/** Visible texts whose contrast with the ground behind them is below 4.5. */
const faintTexts = () => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
  const rgb = (colour: string): number[] => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour: number[]) => {
    const [r, g, b] = colour.map((part) =>
      part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const ground = (element: Element | null): number[] => {
    if (!element) return rgb('white');
    const own = rgb(getComputedStyle(element).backgroundColor);
    return own[3] === 255 ? own : ground(element.parentElement);
  };
  const hasText = (element: Element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim());
  return [...document.querySelectorAll('main *, header *')]
    .filter(
      (element) =>
        hasText(element) &&
        (element as HTMLElement).checkVisibility?.() &&
        element.tagName !== 'OPTION',
    )
    .map((element) => {
      const style = getComputedStyle(element);
      const ink = light(rgb(element instanceof SVGElement ? style.fill : style.color));
      const behind = light(ground(element));
      return {
        text: element.textContent!.slice(0, 30),
        ratio: (Math.max(ink, behind) + 0.05) / (Math.min(ink, behind) + 0.05),
      };
    })
    .filter(({ ratio }) => ratio < 4.5);
};

async function visit(path: string, scheme: 'light' | 'dark', width: number): Promise<Page> {
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport: { width, height: 900 },
  });
  const page = await context.newPage();
  await page.goto(new URL(`/?token=${TOKEN}`, house.url).href);
  expect(new URL(page.url()).search).toBe('');
  const answer = await page.goto(new URL(path, house.url).href);
  expect(answer?.status()).toBe(200);
  return page;
}

const cases = ['/', '/people', '/people/ada@example.com'].flatMap((path) =>
  (['light', 'dark'] as const).flatMap((scheme) =>
    [1280, 390].map((width) => [path, scheme, width] as const),
  ),
);

describe('a page', () => {
  it.each(cases)('%s, %s, %i wide', async (path, scheme, width) => {
    const page = await visit(path, scheme, width);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
      true,
    );
    expect(await page.evaluate(unnamed)).toEqual([]);
    expect(await page.evaluate(faintTexts)).toEqual([]);
    if (process.env.SHOTS)
      await page.screenshot({
        path: `${process.env.SHOTS}/${path.replaceAll('/', '-')}-${scheme}-${width}.png`,
        fullPage: true,
      });
    await page.context().close();
  });

  it('shows what each model says of a channel, one deep cell per model that gives it all', async () => {
    const page = await visit('/', 'light', 390);
    expect(await page.locator('.heat thead th').allTextContents()).toContain('W-shaped');
    expect(await page.locator('.heat tbody th').allTextContents()).toEqual(['Referral']);
    // Eleven models: Markov stands here after the first night.
    expect(await page.locator('.heat td.h9').allTextContents()).toEqual(
      Array.from({ length: 11 }, () => '100'),
    );
    await page.context().close();
  });

  it('is reached with the keyboard, skip link first', async () => {
    const page = await visit('/people', 'light', 1280);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      'Skip to the content',
    );
    await page.context().close();
  });
});
