/**
 * Every route × every way to come without leave: the matrix is made from the route table, so a new
 * route fails until it is classed.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { app } from '../../workers/api/index.ts';
import { openTestHouse, type TestHouse, TOKEN } from '../house.ts';

const open = ['GET /healthz', 'GET /api/openapi.json', 'GET /styles.css'];
const pages = ['GET /', 'GET /people', 'GET /people/:id', 'GET /waiting'];

const routes = [
  ...new Set(
    app.routes
      .filter((route) => route.method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`),
  ),
];
const closed = routes.filter((route) => !open.includes(route));

/** What each stranger sends. */
const strangers: Record<string, HeadersInit> = {
  nobody: {},
  'a wrong token': { authorization: 'Bearer wrong' },
  'the token under another scheme': { authorization: `Basic ${TOKEN}` },
  'an empty token': { authorization: 'Bearer ' },
  'a forged session': { cookie: `signalhouse_session=9999999999999.${'0'.repeat(64)}` },
  'another origin': { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
};

let house: TestHouse;
let session: string;
beforeAll(async () => {
  house = await openTestHouse();
  const answer = await fetch(new URL(`/?token=${TOKEN}`, house.url), { redirect: 'manual' });
  session = answer.headers.get('set-cookie')!.split(';')[0]!;
});
afterAll(() => house.close());

const ask = (route: string, headers: HeadersInit) => {
  const [method, path] = route.split(' ') as [string, string];
  const body = method === 'POST' ? '{}' : undefined;
  const url = new URL(path.replace(/:\w+(\{[^}]*\})?/g, 'x'), house.url);
  return fetch(url, {
    method,
    body,
    headers: { 'content-type': 'application/json', ...headers },
    redirect: 'manual',
  });
};

it('knows every route of the pages', () => {
  expect(routes.filter((route) => !route.includes('/api/')).sort()).toEqual(
    [...pages, ...open.filter((route) => !route.includes('/api/'))].sort(),
  );
});

it.each(closed.flatMap((route) => Object.keys(strangers).map((who) => [route, who] as const)))(
  '%s is closed to %s',
  async (route, who) => {
    expect((await ask(route, strangers[who]!)).status).toBe(401);
  },
);

it.each(closed.filter((route) => route.includes('/api/')))(
  '%s takes no session of a page',
  async (route) => {
    expect((await ask(route, { cookie: session })).status).toBe(401);
  },
);

it.each(open)('%s is open', async (route) => {
  expect((await ask(route, {})).status).toBe(200);
});
