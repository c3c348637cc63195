/** The door of the rebuild: what it asks for, and what it answers. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house?.close());

const rebuild = async () => (await house.call('/rebuild', { method: 'POST' })).json();
const nothing = {
  moved: false,
  things: 0,
  agents: 0,
  contacts: 0,
  days: 0,
  stored: 0,
  derived: 0,
};

it('needs the token', async () => {
  expect((await fetch(new URL('/rebuild', house.url), { method: 'POST' })).status).toBe(401);
});

it('finds nothing in an empty house, and opens it', async () => {
  expect(await rebuild()).toEqual(nothing);
  expect(await house.db.prepare('select house_id from house').first('house_id')).toBe('test-house');
});

it('puts right what is not what was told, once', async () => {
  const lead = {
    email: 'ada@example.org',
    lead_added_at: '2026-05-20T09:00:00Z',
    lead_type: 'ebook',
  };
  await house.call('/api/contacts', {
    method: 'POST',
    body: JSON.stringify(lead),
    headers: { 'content-type': 'application/json' },
  });
  await house.until('select count(*) from contact_summary', 1);
  await house.db.batch([
    house.db.prepare("update contacts set lead_type = 'other'"),
    house.db.prepare('delete from status_changes'),
  ]);
  // Derived: the history, and until when what is stored of the contact is true.
  expect(await rebuild()).toMatchObject({ contacts: 1, derived: 3 });
  expect(await house.db.prepare('select lead_type from contacts').first('lead_type')).toBe('ebook');
  expect(await rebuild()).toEqual(nothing);
});
