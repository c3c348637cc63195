/** A website’s page events, forms and referral links, over real HTTP. */
import { HttpResponse, http } from 'msw';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY } from '../../core/durations.ts';
import { linkToken, referralCode } from '../../core/person-links.ts';
import { outsideOf } from '../fakes/outside.ts';
import { openTestHouse, type TestHouse, TOKEN } from '../house.ts';

const SECRET = 'test-contact-key-secret';
const BROWSER = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1';

let house: TestHouse;
let tokens = 0;
const logged: string[] = [];
beforeAll(async () => {
  house = await openTestHouse({
    onLog: (line) => logged.push(line),
    env: {
      ANALYTICS_LOCAL: '1',
      WEBSITE_URL: 'https://school.test/start?lang=en',
      WEBSITE_FORMS: JSON.stringify({
        'open-day': { lead_type: 'trial_class', offer: 'Maths', outcome: 'attended' },
        guide: { outcome: 'ebook', thanks: 'https://school.test/thanks' },
      }),
      TURNSTILE_SECRET: 'turnstile-secret',
    },
    outside: outsideOf(
      http.post('https://challenges.cloudflare.com/turnstile/v0/siteverify', async (asked) => {
        tokens += 1;
        const given = new URLSearchParams(await asked.request.text());
        if (given.get('response') === 'away') return HttpResponse.error();
        return HttpResponse.json({
          success: given.get('secret') === 'turnstile-secret' && given.get('response') === 'person',
        });
      }),
    ),
  });
});
afterAll(() => house?.close());

let senders = 0;
const ask = (path: string, init: RequestInit = {}) =>
  fetch(new URL(path, house.url), {
    redirect: 'manual',
    ...init,
    headers: {
      'user-agent': BROWSER,
      // Each as another sender, so that no test uses up another's share.
      'cf-connecting-ip': `192.0.2.${senders++}`,
      ...(init.headers as Record<string, string>),
    },
  });
const human = { 'cf-turnstile-response': 'person' };
const send = (form: string, fields: Record<string, string>, headers = {}) =>
  ask(`/forms/${form}`, {
    method: 'POST',
    body: new URLSearchParams({ ...human, ...fields }),
    headers,
  });
const json = (form: string, fields: object) =>
  ask(`/forms/${form}`, {
    method: 'POST',
    body: JSON.stringify({ ...human, ...fields }),
    headers: { 'content-type': 'application/json' },
  });
const pageEvent = (event: object, headers = {}) =>
  ask('/e', { method: 'POST', body: JSON.stringify(event), headers });
const row = (sql: string) => house.db.prepare(sql).first<Record<string, unknown>>();
const count = async (table: string) => Number((await row(`select count(*) as n from ${table}`))!.n);
const idOf = async (email: string) =>
  Number((await row(`select contact_id from identities where value = '${email}'`))!.contact_id);

it('a form is a lead with where they came from and what they did', async () => {
  const page = 'https://school.test/maths?utm_source=Google&utm_medium=cpc&utm_campaign=spring';
  const answer = await send('open-day', {
    first_name: 'Ana',
    last_name: 'Silva',
    email: 'Ana@Example.com',
    phone: '(415) 555-2671',
    message: 'Is Saturday fine?',
    goal: 'Medicine',
    page,
  });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'text/html; charset=UTF-8',
  ]);
  expect(await answer.text()).toContain('Thank you');
  await house.until('select count(*) from interactions', 1);
  expect(
    await row(`select full_name, lead_type, offer, channel_origin, utm_source, utm_medium,
      utm_campaign, attributes ->> 'goal' as goal from contacts`),
  ).toEqual({
    full_name: 'Ana Silva',
    lead_type: 'trial_class',
    offer: 'Maths',
    channel_origin: 'paid',
    utm_source: 'google',
    utm_medium: 'cpc',
    utm_campaign: 'spring',
    goal: 'Medicine',
  });
  expect(
    await row('select channel, direction, outcome, summary, utm_medium from interactions'),
  ).toEqual({
    channel: 'web',
    direction: 'inbound',
    outcome: 'attended',
    summary: 'open-day: Is Saturday fine?',
    utm_medium: 'cpc',
  });
  expect(await count('identities')).toBe(2);
});

it('the same content sent twice within minutes is one; forms lead on where they may', async () => {
  const before = await count('interactions');
  const fields = { email: 'twice@example.com', message: 'Hello' };
  await Promise.all([send('guide', fields), send('guide', fields)]);
  const again = await send('guide', { ...fields, next: 'https://elsewhere.test/' });
  expect([again.status, again.headers.get('location')]).toEqual([
    303,
    'https://school.test/thanks',
  ]);
  const own = await send('mock-test', { email: 'two@example.com', next: '/well-done' });
  expect(own.headers.get('location')).toBe('https://school.test/well-done');
  const other = await send('mock-test', { email: 'three@example.com', next: '//evil.test/' });
  expect([other.status, other.headers.get('location')]).toEqual([200, null]);
  await house.until("select count(*) from interactions where outcome = 'mock_test'", 2);
  // The third of the guide had another field, so it is another submission.
  await house.until('select count(*) from interactions', before + 4);
  expect(
    await row('select lead_type, channel_origin from contacts where offer is null limit 1'),
  ).toMatchObject({ channel_origin: 'direct' });
});

it('says what is wrong: a page for people, JSON for programs', async () => {
  const shown = await send('open-day', { first_name: 'Nobody', phone: '12' });
  expect(shown.status).toBe(400);
  expect(await shown.text()).toMatch(
    /<h1>That did not work yet<\/h1>[\s\S]*write it with \+ and country code\. Go back/,
  );
  expect(await (await send('open-day', { name: 'Nobody' })).text()).toContain(
    'Please give an email address or a phone number.',
  );
  const told = await json('open-day', { email: 'not an address' });
  expect([told.status, await told.json()]).toEqual([
    400,
    { error: 'bad_input', message: expect.stringContaining('email') },
  ]);
  expect((await json('open-day', { email: 'json@example.com' })).status).toBe(200);
  expect((await ask('/forms/open-day')).status).toBe(200);
  expect((await send('Not A Name', { email: 'a@example.com' })).status).toBe(404);
  expect((await send('open-day', { email: `${'x'.repeat(200_000)}@x.test` })).status).toBe(413);
  const list = { method: 'POST', body: '[]', headers: { 'content-type': 'application/json' } };
  expect((await ask('/forms/open-day', list)).status).toBe(400);
});

it('machines get the same answer and leave nothing', async () => {
  await house.until("select count(*) from identities where value = 'json@example.com'", 1);
  const before = [await count('contacts'), await count('observations')];
  const trapped = await send('open-day', { email: 'bot@example.com', leave_blank: 'cheap' });
  const crawler = await send('open-day', { email: 'bot@example.com' }, { 'user-agent': 'curl/8' });
  expect([trapped.status, crawler.status]).toEqual([200, 200]);
  const asked = tokens;
  const forged = await send('open-day', {
    email: 'bot@example.com',
    'cf-turnstile-response': 'machine',
  });
  expect([forged.status, tokens]).toEqual([400, asked + 1]);
  const sender = { 'cf-connecting-ip': '198.51.100.1' };
  const many = await Promise.all(
    Array.from({ length: 14 }, () => send('open-day', { leave_blank: 'x' }, sender)),
  );
  const refused = many.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(3);
  expect(await refused[0]!.text()).toContain('too often');
  expect([await count('contacts'), await count('observations')]).toEqual(before);
  // Where Turnstile cannot be asked, a lead is not turned away.
  const away = { email: 'lucky@example.com', 'cf-turnstile-response': 'away' };
  expect((await send('open-day', away)).status).toBe(200);
  await house.until("select count(*) from identities where value = 'lucky@example.com'", 1);
  expect(logged.join()).toContain('Turnstile could not be asked');
});

it('a page event is theirs whom the token of the link names, and of nobody without', async () => {
  const person = linkToken(SECRET, await idOf('ana@example.com'), Date.now() + DAY);
  const old = linkToken(SECRET, await idOf('ana@example.com'), Date.now() - 2 * DAY);
  const before = await count('observations');
  const page = 'https://school.test/pricing?utm_source=news&email=ana@example.com';
  const visited = { event: 'visited_pricing', page, person };
  for (const event of [visited, visited]) expect((await pageEvent(event)).status).toBe(204);
  for (const token of [undefined, old, person.replace(/.$/, '_'), `${person}0`, '1.zzzz.x'])
    expect((await pageEvent({ ...visited, person: token })).status).toBe(204);
  expect((await pageEvent(visited, { 'user-agent': 'Googlebot/2.1' })).status).toBe(204);
  expect((await pageEvent({ ...visited, event: 'hacked' })).status).toBe(400);
  expect((await pageEvent({ ...visited, page: 'nowhere' })).status).toBe(400);
  await house.until('select count(*) from observations', before + 1);
  expect(
    await row(`select channel, direction, outcome, summary, utm_source
      from interactions where outcome = 'visited_pricing'`),
  ).toEqual({
    channel: 'web',
    direction: 'inbound',
    outcome: 'visited_pricing',
    summary: 'school.test/pricing',
    utm_source: 'news',
  });
  const { keys } = await (await house.runtime.getKVNamespace('CACHE', 'signalhouse-ingest')).list({
    prefix: 'analytics/',
  });
  expect(keys.length).toBeGreaterThan(0);
});

it('whoever comes by a referral link is a referral of the person whose it is, once', async () => {
  const code = referralCode(SECRET, await idOf('ana@example.com'));
  const landed = await ask(`/r/${code}?utm_source=card`);
  expect([landed.status, landed.headers.get('location')]).toEqual([
    302,
    `https://school.test/start?lang=en&utm_source=card&ref=${code}`,
  ]);
  const forged = await ask(`/r/${code}0`);
  expect(forged.headers.get('location')).toBe('https://school.test/start?lang=en');
  const lead = { email: 'friend@example.com', page: landed.headers.get('location')! };
  await send('trial-class', lead);
  await house.until("select count(*) from identities where value = 'friend@example.com'", 1);
  // Known by now, and so is whoever had come before: nobody sent them.
  await send('mock-test', lead);
  await send('mock-test', { email: 'ana@example.com', ref: code });
  await send('mock-test', { email: 'stranger@example.com', ref: `${code}0` });
  await house.until("select count(*) from identities where value = 'stranger@example.com'", 1);
  const { results } = await house.db
    .prepare(`select contact_id, direction from interactions where outcome = 'referral_given'`)
    .all();
  expect(results).toEqual([{ contact_id: await idOf('ana@example.com'), direction: 'inbound' }]);
  expect(
    await row(`select channel_origin, lead_type from contacts join identities using (contact_id)
      where value = 'friend@example.com'`),
  ).toEqual({ channel_origin: 'referral', lead_type: 'trial_class' });
  const cookie = (await ask(`/?token=${TOKEN}`)).headers.get('set-cookie')!.split(';')[0]!;
  const shown = await ask('/people/ana@example.com', { headers: { cookie } });
  expect(await shown.text()).toContain(new URL(`/r/${code}`, house.url).href);
});

it('serves a script of at most 1 kB, to any site, and no cookie', async () => {
  const answer = await ask('/e.js');
  expect(answer.headers.get('content-type')).toContain('javascript');
  expect((await answer.text()).length).toBeLessThanOrEqual(1000);
  const preflight = await ask('/forms/open-day', {
    method: 'OPTIONS',
    headers: { origin: 'https://school.test', 'access-control-request-method': 'POST' },
  });
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([
    204,
    '*',
  ]);
  for (const path of ['/e.js', '/forms/open-day', '/r/1-a'])
    expect((await ask(path)).headers.get('set-cookie')).toBeNull();
});
