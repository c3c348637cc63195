/**
 * `npm run pictures`: draws every picture of `docs/images` anew from the sample season. Tabs are
 * drawn from what Google's stand-in holds after a publish, so they need ../shared; the rest does
 * not.
 */
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import chromiumFile from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';
import { openState } from '../../cli/house/state.ts';
import { needPublished } from '../../cli/published.ts';
import { googleClient, SHEETS_SCOPE } from '../../platform/google/account.ts';
import { sandboxIsHere, startGoogleSandbox, WHY_SKIPPED } from '../contract/google-sandbox.ts';
import { type Columns, drawTab, type Sheet } from './tab.ts';
import { drawWorkbook } from './workbook.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const IMAGES = join(ROOT, 'docs/images');
const CLI = ['--import', join(ROOT, 'cli/text-loader.mjs'), join(ROOT, 'cli/main.ts')];
const folder = mkdtempSync(join(tmpdir(), 'signalhouse-pictures-'));

/** As much of a tab as a screen shows. */
const WIDEST = 1500;

type Served = { url: string; api_token: string };
type Shot = { width: number; dark?: boolean; height?: number };

/** The whole page, or its first `height` pixels. */
async function take(
  browser: Browser,
  url: string,
  name: string,
  shot: Shot,
  token?: { url: string; token: string },
) {
  const context = await browser.newContext({
    colorScheme: shot.dark ? 'dark' : 'light',
    viewport: { width: shot.width, height: shot.height ?? 100 },
  });
  const page = await context.newPage();
  if (token) await page.goto(`${token.url}/?token=${token.token}`);
  await page.goto(url);
  await page.screenshot({ path: join(IMAGES, `${name}.png`), fullPage: shot.height === undefined });
  await context.close();
  console.log(`docs/images/${name}.png`);
}

const html = (page: string): string => `data:text/html;charset=utf-8,${encodeURIComponent(page)}`;

/** A house with the sample season, served by the real command line; closed by `end`. */
async function serve(env: NodeJS.ProcessEnv): Promise<Served & { end(): Promise<void> }> {
  const child = spawn(process.execPath, [...CLI, 'start', '--port', '0', '--json'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`start ended with ${code}`)));
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = () => {
    child.kill('SIGINT');
    return ended;
  };
  return { ...(JSON.parse(line) as Served), end };
}

type Recorded = {
  kind: string;
  request: { range: Range; properties: { pixelSize?: number; hiddenByUser?: boolean } };
};
type Range = { dimension: string; startIndex: number; endIndex: number };

/** Widths and hidden columns of a tab, from the requests that the stand-in noted. */
function columnsOf(recorded: Recorded[]): Columns {
  const columns: Columns = { widths: new Map(), hidden: new Set() };
  for (const { kind, request } of recorded) {
    if (kind !== 'updateDimensionProperties' || request.range.dimension !== 'COLUMNS') continue;
    const { range, properties } = request;
    for (let i = range.startIndex; i < range.endIndex; i += 1) {
      if (properties.pixelSize) columns.widths.set(i, properties.pixelSize);
      if (properties.hiddenByUser) columns.hidden.add(i);
    }
  }
  return columns;
}

/** Publishes to a spreadsheet of the stand-in and draws the tabs that stakeholders open. */
async function tabs(
  browser: Browser,
  env: NodeJS.ProcessEnv,
  command: (...args: string[]) => Promise<unknown>,
) {
  const google = await startGoogleSandbox();
  try {
    const { spreadsheetId: id } = await google.control<{ spreadsheetId: string }>(
      'POST',
      '/__spreadsheets',
      {
        title: 'Signalhouse',
      },
    );
    Object.assign(env, {
      GOOGLE_SERVICE_ACCOUNT_JSON: google.keyJson,
      GOOGLE_API_ROOT: google.root,
      SHEETS_SPREADSHEET: id,
    });
    await command('export', '--to', 'sheets');
    const client = googleClient({ key_json: google.keyJson, api_root: google.root }, SHEETS_SCOPE);
    const { data } = await client.request<{ sheets: Sheet[] }>({
      url: `${google.root}/v4/spreadsheets/${id}?includeGridData=true`,
    });
    const noted = await google.control<{
      tabs: { properties: { sheetId: number }; recorded?: Recorded[] }[];
    }>('GET', `/__sheets/${id}`);
    const titles = data.sheets
      .filter(({ properties }) => !properties.hidden)
      .map(({ properties }) => properties.title);
    for (const [title, rows] of [
      ['Week', 60],
      ['Index', 60],
      ['daily', 28],
    ] as const) {
      const sheet = data.sheets.find(({ properties }) => properties.title === title)!;
      const { recorded } = noted.tabs.find(
        ({ properties }) => properties.sheetId === sheet.properties.sheetId,
      )!;
      const { page, width } = drawTab(sheet, columnsOf(recorded ?? []), titles, rows);
      await take(browser, html(page), `sheet-${title.toLowerCase()}`, {
        width: Math.min(width, WIDEST),
      });
    }
  } finally {
    google.close();
  }
}

const env: NodeJS.ProcessEnv = { ...process.env, SIGNALHOUSE_STATE: join(folder, 'state') };
const command = (...args: string[]) =>
  promisify(execFile)(process.execPath, [...CLI, ...args], { cwd: ROOT, env, maxBuffer: 1 << 26 });

const browser = await chromium.launch({
  executablePath: await chromiumFile.executablePath(),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--headless',
    '--disable-dev-shm-usage',
    '--font-render-hinting=none',
  ],
});
try {
  const house = await serve(env);
  const token = { url: house.url, token: house.api_token };
  const { stdout } = await command('list', 'prospects', '--limit', '1', '--json');
  const [{ contact_key }] = JSON.parse(stdout) as [{ contact_key: string }];
  await take(browser, `${house.url}/`, 'dashboard', { width: 1200, height: 1640 }, token);
  await take(
    browser,
    `${house.url}/`,
    'dashboard-dark',
    { width: 1200, height: 1640, dark: true },
    token,
  );
  await take(
    browser,
    `${house.url}/people/${contact_key}`,
    'person',
    { width: 1200, height: 1350 },
    token,
  );
  await command('digest', '--out', folder);
  await take(browser, `file://${join(folder, 'digest.html')}`, 'digest', { width: 700 });
  await command('looker', 'pages', '--out', folder);
  for (const page of ['executive', 'calls-and-agents'])
    await take(browser, `file://${join(folder, `${page}.html`)}`, `report-${page}`, {
      width: 1200,
    });
  await house.end();
  const { folder: exported, manifest } = needPublished(openState(env.SIGNALHOUSE_STATE));
  await drawWorkbook(exported, manifest, join(IMAGES, 'workbook-week.png'));
  console.log('docs/images/workbook-week.png');
  if (sandboxIsHere) await tabs(browser, env, command);
  else console.log(`The tabs are not drawn: ${WHY_SKIPPED}`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
