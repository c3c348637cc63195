/**
 * The API through its public door: facts in, one contact out, pages for those who hold the token.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { factsConfig } from '../../core/config.ts';
import { marts } from '../../sql/views/index.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { openTestHouse, RESEND_SECRET, type TestHouse, TOKEN } from '../house.ts';
import { mailEvent, signed } from '../signed.ts';

let house: TestHouse;
let cookie: string;

const env = {
  API_TOKEN: TOKEN,
  RESEND_WEBHOOK_SECRET: RESEND_SECRET,
  CONTACT_KEY_SECRET: 'test-contact-key-secret',
  HOUSE_ID: 'test-house',
};
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  house.call(path, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
const page = (path: string, headers: Record<string, string> = { cookie }) =>
  fetch(new URL(path, house.url), { headers, redirect: 'manual' });

beforeAll(async () => {
  house = await openTestHouse();
  await ensureHouse(house.db, factsConfig(env));
  const opened = await page(`/?token=${TOKEN}`, {});
  cookie = opened.headers.get('set-cookie')!.split(';')[0]!;
});
afterAll(() => house.close());

describe('an empty house', () => {
  it('says what to do first', async () => {
    const text = await (await page('/')).text();
    expect(text).toContain('Your house is empty');
    expect(text).toContain('import contacts');
  });
});

describe('facts at the door', () => {
  it('become one contact with a history, however often they are sent', async () => {
    const contact = {
      email: 'Ada@Example.com',
      phone: '+14155550101',
      full_name: 'Ada Byron',
      channel_origin: 'referral',
      lead_type: 'trial_class',
      lead_added_at: '2026-09-01T09:00:00Z',
      notes: '<script>alert(1)</script>',
      attributes: { grid_health: 'fair' },
    };
    for (let sent = 0; sent < 3; sent++)
      expect((await post('/api/contacts', contact)).status).toBe(202);
    const call = {
      contact: '+14155550101',
      source: 'manual',
      class: 'connected',
      agent: 'Maya Chen',
    };
    const times = {
      started_at: '2026-09-01T10:00:00Z',
      completed_at: '2026-09-01T10:20:00Z',
      duration_s: 1200,
    };
    expect((await post('/api/calls', { ...call, ...times, external_id: 'c1' })).status).toBe(202);
    const bought = {
      purchased_at: '2026-09-03T10:00:00Z',
      product: 'Maths',
      amount: '499.00',
      currency: 'USD',
    };
    const answer = await post(
      '/api/purchases',
      { contact: 'ada@example.com', ...bought, external_id: 'p1' },
      { 'idempotency-key': 'first-purchase' },
    );
    expect(await answer.json()).toEqual({ observation_key: 'first-purchase' });
    const again = (body: object) =>
      post('/api/purchases', body, { 'idempotency-key': 'first-purchase' });
    const sent = { contact: 'ada@example.com', ...bought, external_id: 'p1' };
    expect((await again(sent)).status).toBe(202);
    const reused = await again({ ...sent, external_id: 'p2' });
    expect(reused.status).toBe(409);
    expect(await reused.json()).toMatchObject({ error: 'key_reused', field: 'Idempotency-Key' });
    const campaign = { external_id: 'autumn', name: 'Autumn', target_segment: { tier: 1 } };
    expect((await post('/api/campaigns', campaign)).status).toBe(202);
    const enrolled = {
      contact: 'ada@example.com',
      enrolled_at: '2026-09-01T09:00:00Z',
      current_step: 2,
    };
    const converted = { status: 'converted', converted_at: bought.purchased_at };
    expect(
      (await post('/api/campaigns/autumn/contacts', { ...enrolled, ...converted })).status,
    ).toBe(202);
    await house.until('select count(*) from purchases', 1);
    await house.until('select count(*) from enrolments join campaigns using (campaign_id)', 1);
    await house.until("select count(*) from contact_summary where lead_status = 'customer'", 1);
  });

  it('become what was spent, counted once, and never less than nothing', async () => {
    const spent = {
      channel: 'google',
      campaign: 'search',
      day: '2026-09-02',
      amount: '12.50',
      currency: 'USD',
    };
    for (let sent = 0; sent < 2; sent++)
      expect((await post('/api/ad-spend', spent)).status).toBe(202);
    await house.until('select count(*) from ad_spend', 1);
    const row = await house.db
      .prepare('select channel, campaign_id, amount_minor from ad_spend')
      .first();
    expect(row).toEqual({ channel: 'google', campaign_id: 'search', amount_minor: 1250 });
    const refused = await post('/api/ad-spend', { ...spent, amount: '-1' });
    expect(await refused.json()).toMatchObject({ error: 'bad_input', field: 'amount' });
  });

  it('give the same contact by key, email and phone', async () => {
    const key = await house.db
      .prepare('select contact_key from contacts')
      .first<string>('contact_key');
    for (const id of [key!, 'ada@example.com', '+1 415 555 0101']) {
      const answer = await house.call(`/api/contacts/${encodeURIComponent(id)}`);
      expect(answer.status).toBe(200);
      const person = (await answer.json()) as Record<string, unknown> & {
        history: { event: string }[];
      };
      expect(person).toMatchObject({
        contact_key: key,
        lead_status: 'customer',
        sales_stage: 'closed_won',
        next_action: 'onboard',
        next_action_is_stated: false,
        attributes: { grid_health: 'fair' },
        campaigns: [
          { name: 'Autumn', status: 'converted', converted_at: Date.parse('2026-09-03T10:00:00Z') },
        ],
        source_tags: { channel_origin: 'referral', lead_type: 'trial_class' },
        lifetime_value: [{ currency: 'USD', amount_minor: 49900 }],
      });
      expect(person.history.map((event) => event.event)).toEqual(
        expect.arrayContaining([
          'lead_added',
          'call_connected',
          'call_completed',
          'purchase',
          'status_change',
        ]),
      );
      expect(person.score as number).toBeGreaterThan(0);
    }
  });

  it('wait in quarantine, where the house does not know them', async () => {
    const strange = signed('evt_strange', mailEvent('email.teleported'));
    expect((await fetch(new URL('/webhooks/resend', house.url), strange)).status).toBe(200);
    await house.until('select count(*) from dead_events', 1);
  });

  it('are taken with lists, and with a warning of a phone that is none', async () => {
    const call = {
      contact: 'ada@example.com',
      external_id: 'c1',
      objections: ['price', 'Not now'],
    };
    expect((await post('/api/calls', call)).status).toBe(202);
    const email = ['ada@example.com', 'ada@work.example'];
    const landed = await post('/api/contacts', { email, phone: '000-000-0000' });
    expect(await landed.text()).toContain('DEFAULT_COUNTRY');
    await house.until("select count(*) from identities where value = 'ada@work.example'", 1);
    await house.until(`select count(*) from calls where objections = '["not_now","price"]'`, 1);
  });

  it('are refused with the field and the fix', async () => {
    const unknown = await post('/api/contacts', { email: 'a@b.co', shoe_size: 44 });
    expect(unknown.status).toBe(400);
    expect(((await unknown.json()) as { message: string }).message).toContain('shoe_size');
    const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    for (const [field, stated] of [
      ['lead_added_at', '"soon"'],
      ['external_id', '23848492847200123'],
      ['attributes', deep],
      ['full_name', '"\\ud800"'],
    ]) {
      const refused = await post('/api/contacts', `{"email":"a@b.co","${field}":${stated}}`);
      const told = { error: 'bad_input', field };
      expect([refused.status, await refused.json()]).toMatchObject([400, told]);
    }
    expect((await post('/api/contacts', '{not json')).status).toBe(400);
    expect(
      (await post('/api/contacts', { email: 'a@b.co', notes: 'x'.repeat(1_100_000) })).status,
    ).toBe(413);
  });
});

describe('reading', () => {
  it.each([
    ['prospects', 1],
    ['emails', 0],
    ['calls', 1],
    ['campaigns', 1],
    ['dead-events', 1],
  ])('lists %s', async (list, count) => {
    const answer = await house.call(`/api/list/${list}?limit=5`);
    expect(answer.status).toBe(200);
    const { rows } = (await answer.json()) as { rows: unknown[] };
    expect(rows).toHaveLength(count);
  });

  it('finds contacts by a part of their name', async () => {
    const search = async (text: string) => {
      const answer = await house.call(`/api/contacts?${new URLSearchParams({ search: text })}`);
      return (await answer.json()) as { found: number; rows: { full_name: string }[] };
    };
    expect(await search('byr')).toMatchObject({ found: 1, rows: [{ full_name: 'Ada Byron' }] });
    expect(await search('Babbage')).toEqual({ found: 0, rows: [] });
    expect((await house.call('/api/contacts?search=%20')).status).toBe(400);
  });

  it('tells the status of the house', async () => {
    const status = await (await house.call('/api/status?after=0')).json();
    expect(status).toMatchObject({
      house: { house_id: 'test-house' },
      counts: { contacts: 1, calls: 1 },
    });
  });

  it('gives every mart, with the instant that it is true for', async () => {
    for (const { name } of marts) {
      const answer = await house.call(`/api/marts/${name}?limit=3`);
      expect([name, answer.status]).toEqual([name, 200]);
      expect(await answer.json()).toMatchObject({ mart: name, as_of: expect.any(Number) });
    }
    expect((await house.call('/api/marts/secrets')).status).toBe(404);
  });
});

describe('pages', () => {
  it('show the week, the people and one person, and no markup that a person wrote', async () => {
    await house.endRest();
    const text = await (await page('/')).text();
    expect(text.match(/<svg/g)!.length).toBeGreaterThan(4);
    expect(text).toMatch(/True as of .*, \d\d:\d\d:\d\d \(UTC\) · 1 person</);
    const people = await (await page('/people?q=ada&status=customer')).text();
    expect(people).toContain('Ada Byron');
    const person = await (await page('/people/ada@example.com')).text();
    expect(person).toContain('Became a lead');
    expect(person).toContain('Grid health');
    expect(person).toContain('Converted, step 2, converted 3 Sept 2026');
    expect(person).not.toContain('<script');
    expect((await page('/people/nobody@example.com')).status).toBe(404);
  });

  it('forbid scripts, frames and referrers, and are not kept', async () => {
    const { headers } = await page('/');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('private, no-store');
  });

  it('open with the token and leave the address clean', async () => {
    const answer = await page(`/?token=${TOKEN}`, {});
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/');
    expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Strict/i);
    expect((await page('/?token=wrong', {})).status).toBe(401);
  });
});

describe('a call that was booked', () => {
  it('lists a booking as pending until it is completed or cancelled (R10a)', async () => {
    const booked = { contact: 'booker@example.com', booked_at: '2026-09-01T10:00:00Z' };
    const bookings = [
      { external_id: 'pending', scheduled_at: '2026-09-04T10:00:00Z' },
      { external_id: 'completed', completed_at: '2026-09-02T10:00:00Z', outcome: 'interested' },
      { external_id: 'cancelled', cancelled_at: '2026-09-02T10:00:00Z' },
    ];
    for (const booking of bookings)
      expect((await post('/api/calls', { ...booked, ...booking })).status).toBe(202);
    await house.until('select count(*) from calls', 1 + bookings.length);
    const listed = async (status: string) => {
      const answer = await house.call(`/api/list/calls?status=${status}`);
      return ((await answer.json()) as { rows: { status: string }[] }).rows.map(
        (row) => row.status,
      );
    };
    for (const status of ['pending', 'completed', 'cancelled'])
      expect(await listed(status)).toEqual([status]);
    expect(await listed('connected')).toContain('connected');
    expect(await listed('interested')).toEqual(['completed']);
  });
});
