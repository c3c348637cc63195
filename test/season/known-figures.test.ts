import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliver } from '../../cli/sample/deliver.ts';
import { landed } from '../../cli/sample/load.ts';
import { factsConfig } from '../../core/config.ts';
import { digestHtml } from '../../core/pages/digest-html.ts';
import { digestText } from '../../core/pages/digest-text.ts';
import { type WeekRow, weekReport } from '../../core/pages/week.ts';
import { render } from '../../sql/render.ts';
import { refreshAll } from '../../warehouse/derive/refresh.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { openTestHouse, RESEND_SECRET, type TestHouse, TOKEN } from '../house.ts';
import { AS_OF, documents, knownWeek } from './known-week.ts';

describe.each(documents)(
  'the known week with $scheduled calls scheduled and $completed completed',
  (calls) => {
    let house: TestHouse;
    const read = async (sql: string) =>
      (await house.db.prepare(render(sql, { as_of: AS_OF })).all()).results;

    beforeAll(async () => {
      house = await openTestHouse({ env: { NOW: String(AS_OF) } });
      const config = { API_TOKEN: TOKEN, RESEND_WEBHOOK_SECRET: RESEND_SECRET, NOW: String(AS_OF) };
      await ensureHouse(
        house.db,
        factsConfig({
          ...config,
          CONTACT_KEY_SECRET: 'test-contact-key-secret',
          HOUSE_ID: 'test-house',
        }),
      );
      const deliveries = knownWeek(calls);
      await deliver(deliveries, { url: house.url, token: TOKEN, resendSecret: RESEND_SECRET });
      await landed(house.db, deliveries.length);
      await refreshAll(house.db, AS_OF);
    });
    afterAll(() => house?.close());

    it('gives the figures of the week', async () => {
      const rows = await read(
        `select line, value, numerator, denominator from weekly_summary
         where week_start = '2026-11-09' order by position`,
      );
      const value = Object.fromEntries(rows.map((row) => [row.line, row.value]));
      expect(value).toMatchObject({
        'Emails Sent': 25,
        'Email Open Rate': 0.32,
        'Email Reply Rate': 0.08,
        'Calls Scheduled': calls.scheduled,
        'Calls Completed': calls.completed,
        'Deals Closed': 0,
        'Call Conversion': 1,
        Delivered: 24,
        Bounced: 1,
        Failed: 0,
        Clicked: 3,
        'Calls Pending': calls.scheduled - calls.completed,
        'Average Call Minutes': 25,
      });
    });

    it('mails them without a name or an address of anybody (R12)', async () => {
      const rows = (await read('select * from weekly_summary')) as unknown as WeekRow[];
      const report = weekReport(rows, { as_of: AS_OF, is_sample: false });
      for (const mail of [digestHtml(report), digestText(report)]) {
        expect(mail).toContain('The week of 9–15 November 2026');
        expect(mail).toContain('24 (96 %)');
        expect(mail).not.toMatch(/prospect|example\.com|Maya|Hollis/i);
      }
    });

    it('gives the figures of the mail', async () => {
      const rows = await read('select * from email_performance');
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({
        sent: 25,
        delivered: 24,
        bounced: 1,
        failed: 0,
        opened: 8,
        clicked: 3,
        replied: 2,
        open_rate_sent: 0.32,
        reply_rate_sent: 0.08,
      });
    });

    it('gives the stages that were reached', async () => {
      const rows = await read(
        `select stage, reached, current_count from funnel
         where ladder = 'pipeline' and dimension = 'all'`,
      );
      const reached = Object.fromEntries(rows.map((row) => [row.stage, row.reached]));
      const scheduled = calls.scheduled;
      const replied = Math.max(2, scheduled);
      expect(reached).toMatchObject({
        new: 340,
        contacted: 25,
        replied,
        scheduled,
        called: calls.completed,
      });
      expect(reached).toMatchObject({ proposal: 0, closed_won: 0 });
      expect(rows.find((row) => row.stage === 'new')?.current_count).toBe(315);
    });
  },
);
