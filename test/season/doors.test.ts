import { afterAll, beforeAll, expect, it } from 'vitest';
import { seasonEnd } from '../../cli/sample/calendar.ts';
import { loadSampleSeason } from '../../cli/sample/load.ts';
import { sampleSeason } from '../../cli/sample/season.ts';
import { openTestHouse, RESEND_SECRET, type TestHouse, TOKEN } from '../house.ts';

const NOW = Date.UTC(2026, 10, 21, 15);
const PEOPLE = process.env.FULL ? 340 : 40;
const PATIENCE_MS = 300_000;
let house: TestHouse;

beforeAll(async () => {
  house = await openTestHouse({ env: { NOW: String(NOW) } });
});
afterAll(() => house?.close());

it(
  'takes the sample season in through its doors, each fact once',
  async () => {
    await loadSampleSeason({
      url: house.url,
      token: TOKEN,
      resendSecret: RESEND_SECRET,
      now: NOW,
      db: house.db,
      people: PEOPLE,
    });
    const rows = await house.db
      .prepare(
        'select (select count(*) from contacts) as contacts, (select count(*) from email_events) as events, (select max(occurred_at) from email_events) as latest',
      )
      .first<{ contacts: number; events: number; latest: number }>();
    const mail = sampleSeason(NOW, PEOPLE).filter(
      (d) => d.door === 'webhook' && d.payload.type.startsWith('email.'),
    );
    expect(rows?.contacts).toBe(PEOPLE);
    expect(rows?.events).toBe(mail.length);
    expect(rows?.latest).toBeLessThan(seasonEnd(NOW));
  },
  PATIENCE_MS,
);
