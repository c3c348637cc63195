/** One house of people whose names test every page, and one browser that looks at it. */
import chromiumFile from '@sparticuz/chromium';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { type TestHouse, TOKEN } from '../house.ts';
import { importFile, openEmptyHouse } from '../season/empty-house.ts';

const NOW = Date.parse('2026-11-30T09:00:00Z');

export const LONG_WORD = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(9).slice(0, 300);
export const LONG_NAME = 'María de la Concepción Fernández y Rodríguez '.repeat(7).slice(0, 299);
export const RIGHT_TO_LEFT = 'محمد عبد الله بن علي الفارسي 👩‍👩‍👧‍👦🎉';
export const LONG_EMAIL = `${'x'.repeat(60)}@${'y'.repeat(60)}.${'z'.repeat(60)}.example.com`;

const day = (n: number): string => `2026-11-${String(n).padStart(2, '0')}T10:00:00Z`;

const LONG = LONG_WORD;
const contacts = `email,full_name,company,role,notes,channel_origin,lead_type,assigned_to,tags
ada@example.com,Ada Byron,Analytical Engines,Founder,,referral,facebook_ad,ana-silva,
${LONG_EMAIL},${LONG},${LONG},${LONG_NAME},${LONG},cold_email,${LONG},${LONG},${LONG};vip
wide@example.com,${LONG_NAME},${LONG_NAME},,${LONG_NAME},organic,trial_class,,
rtl@example.com,${RIGHT_TO_LEFT},שלום בע״מ,,שלום,social,mock_test,,
`
  .replace(/\n(?=.)/g, `\n${day(1)},`)
  .replace(/^/, 'lead_added_at,');

const missed = (email: string, agent: string): string =>
  [2, 9, 16, 23].map((n) => `${email},${day(n)},outbound,voicemail,${agent}\n`).join('');
const calls = `contact,started_at,direction,class,agent
ada@example.com,${day(3)},outbound,done,Ana Silva
${missed('wide@example.com', LONG_WORD)}${missed('rtl@example.com', RIGHT_TO_LEFT)}`;

const purchases = `contact,purchased_at,product,amount,currency
ada@example.com,${day(10)},Maths,490,USD
${LONG_EMAIL},${day(24)},${LONG_WORD},123456789.5,USD
`;

const interactions = `contact,occurred_at,channel,outcome,summary
${LONG_EMAIL},${day(23)},web,visited_pricing,${LONG_WORD}
ada@example.com,${day(9)},web,form,
`;

const mail = [3, 10, 17, 24].flatMap((n, i) =>
  ['sent', 'delivered', 'opened', 'clicked'].map((type, j) => {
    const to = j % 2 ? 'ada@example.com' : LONG_EMAIL;
    return `${to},m${n}-${j % 2},${type},${day(n)},${LONG_WORD},1,${i + 1}`;
  }),
);
const emails = `contact,message_id,type,occurred_at,campaign,version,step\n${mail.join('\n')}\n`;

/** What the tests of this folder share. */
export type Looked = {
  house: TestHouse;
  /** Signed in, in the light theme. */
  context: BrowserContext;
  open(path: string): Promise<Page>;
  close(): Promise<void>;
};

export async function openLookedAtHouse(): Promise<Looked> {
  const house = await openEmptyHouse(NOW);
  const browser = await chromium.launch({
    executablePath: await chromiumFile.executablePath(),
    args: ['--no-sandbox', '--disable-gpu', '--headless', '--disable-dev-shm-usage'],
  });
  const files = { contacts, calls, purchases, interactions, 'email-events': emails };
  for (const [kind, text] of Object.entries(files))
    await importFile(house, NOW, { kind: kind as keyof typeof files, text });
  const context = await browser.newContext({ colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(new URL(`/?token=${TOKEN}`, house.url).href);
  if (new URL(page.url()).search) throw new Error('the token stays in the address');
  return {
    house,
    context,
    open: async (path) => {
      const answer = await page.goto(new URL(path, house.url).href);
      if (answer?.status() !== 200) throw new Error(`${path} answers ${answer?.status()}`);
      return page;
    },
    async close() {
      await browser.close();
      await house.close();
    },
  };
}
