/**
 * `connect google` on a spreadsheet: every outcome that a first attempt can have, with its fix, and
 * nothing left behind.
 */
import { describe, expect, it } from 'vitest';
import { googleClient, SHEETS_SCOPE } from '../../platform/google/account.ts';
import { sheetsDestination } from '../../platform/sheets/destination.ts';
import { apiError, json } from '../unit/google-edge.ts';
import { connecting, failing, HOUSE, row } from './connecting.ts';
import { sandboxIsHere, WHY_SKIPPED } from './google-sandbox.ts';
import { run, table, tiny } from './tables.ts';

describe.skipIf(!sandboxIsHere)(
  `connect google: a spreadsheet${sandboxIsHere ? '' : ` (${WHY_SKIPPED})`}`,
  () => {
    const { google, account, spreadsheet, check, endsWell } = connecting();
    it('that is new and shared is right, and stays as it was', async () => {
      const id = await spreadsheet();
      const before = await google().control('GET', `/__sheets/${id}`);
      const rows = await check({
        SHEETS_SPREADSHEET: `https://docs.google.com/spreadsheets/d/${id}/edit#gid=0`,
      });
      expect(failing(rows)).toEqual([]);
      expect(rows.map((one) => one.check)).toEqual([
        'key',
        'sign-in',
        'spreadsheet',
        'writable',
        'house',
        'tab names',
        'protection',
        'room',
      ]);
      expect(row(rows, 'house').found).toMatch(/no house/);
      expect(await google().control('GET', `/__sheets/${id}`)).toEqual(before);
    });

    it.each([
      ['is not there', async () => 'there-is-nothing-of-this-id', /no spreadsheet has this id/],
      ['is not shared', () => spreadsheet({ access: 'none' }), /add exporter@.+ as an Editor/],
      [
        'is a document, by its address',
        async () => 'https://docs.google.com/document/d/1a2b3c4d5e6f/edit',
        /SHEETS_SPREADSHEET/,
      ],
      [
        'is a published copy',
        async () => 'https://docs.google.com/spreadsheets/d/e/2PACX-1vabc/pubhtml',
        /SHEETS_SPREADSHEET/,
      ],
      ['is no id at all', async () => 'my sheet', /SHEETS_SPREADSHEET/],
    ])('that %s is refused with the fix', async (_, make, fix) => {
      const wrong = failing(await check({ SHEETS_SPREADSHEET: await make() }));
      expect(wrong.map((one) => one.check)).toEqual(['spreadsheet']);
      expect(wrong[0]!.fix).toMatch(fix);
    });

    it('that may only be looked at is found out without a change', async () => {
      const id = await spreadsheet({ access: 'reader' });
      const wrong = failing(await check({ SHEETS_SPREADSHEET: id }));
      expect(wrong).toMatchObject([
        { check: 'writable', fix: expect.stringMatching(/make exporter@.+ an Editor/) },
      ]);
    });

    it('that turns out to be a document is refused with the fix', async () => {
      const document = apiError(
        400,
        'FAILED_PRECONDITION',
        'This operation is not supported for this document',
        'failedPrecondition',
      );
      const rows = await check({ SHEETS_SPREADSHEET: await spreadsheet() }, (url) =>
        url.includes('/v4/') ? json(400, document) : undefined,
      );
      expect(failing(rows)).toMatchObject([
        { check: 'spreadsheet', fix: expect.stringMatching(/save the file as Google Sheets/) },
      ]);
    });

    it('of a project whose API is off is refused with the address that enables it', async () => {
      const link =
        'https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=1';
      const off = apiError(403, 'PERMISSION_DENIED', 'It is disabled.', 'forbidden', [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'SERVICE_DISABLED',
          metadata: {},
        },
        { '@type': 'type.googleapis.com/google.rpc.Help', links: [{ url: link }] },
      ]);
      const rows = await check({ SHEETS_SPREADSHEET: await spreadsheet() }, (url) =>
        url.includes('/v4/') ? json(403, off) : undefined,
      );
      expect(failing(rows)).toMatchObject([
        { check: 'spreadsheet', fix: expect.stringContaining(link) },
      ]);
    });

    const published = async (house_id: string) => {
      const id = await spreadsheet();
      await sheetsDestination(account(), id).publish(run(Date.UTC(2026, 10, 20), { house_id }), [
        table(tiny, [['one']], '1'),
      ]);
      return id;
    };

    it('that carries the runs of this house says for when they are true', async () => {
      const rows = await check({ SHEETS_SPREADSHEET: await published(HOUSE) });
      expect(failing(rows)).toEqual([]);
      expect(row(rows, 'house').found).toMatch(/this house's, as of 2026-11-20/);
    });

    it('that carries the runs of another house is refused with the fix', async () => {
      expect(
        failing(await check({ SHEETS_SPREADSHEET: await published('another') })),
      ).toMatchObject([{ check: 'house', fix: expect.stringMatching(/another spreadsheet/) }]);
    });

    it('in which somebody protected our columns names the tab and the fix', async () => {
      const id = await published(HOUSE);
      const { tabs } = await google().control<{
        tabs: { properties: { sheetId: number; title: string } }[];
      }>('GET', `/__sheets/${id}`);
      const { sheetId } = tabs.find(({ properties }) => properties.title === 'tiny')!.properties;
      await googleClient(account(), SHEETS_SCOPE).request({
        url: `${google().root}/v4/spreadsheets/${id}:batchUpdate`,
        method: 'POST',
        data: {
          requests: [
            {
              addProtectedRange: {
                protectedRange: { range: { sheetId }, editors: { users: ['ann@example.org'] } },
              },
            },
          ],
        },
      });
      expect(failing(await check({ SHEETS_SPREADSHEET: id }))).toMatchObject([
        {
          check: 'protection',
          found: expect.stringContaining('tiny'),
          fix: expect.stringMatching(/let exporter@.+ edit it/),
        },
      ]);
    });

    it('says which names are taken, and how much room is left', async () => {
      const id = await spreadsheet({
        tabs: [{ title: 'FUNNEL' }, { title: 'Mine', rowCount: 470_000, columnCount: 20 }],
      });
      const rows = await check({ SHEETS_SPREADSHEET: id });
      expect(failing(rows)).toEqual([]);
      expect(row(rows, 'tab names')).toMatchObject({
        found: expect.stringContaining('FUNNEL'),
        fix: expect.any(String),
      });
      expect(row(rows, 'room')).toMatchObject({
        found: expect.stringMatching(/^\d{3},\d{3} of/),
        fix: expect.any(String),
      });
    });

    endsWell();
  },
);
