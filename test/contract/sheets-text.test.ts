/**
 * V12: 300 texts that a spreadsheet could take for a formula, typed and staged: no formula, and the
 * same text back.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cell } from '../../sql/cell.ts';
import { formulaPayloads } from '../formula-payloads.ts';
import {
  type GoogleSandbox,
  sandboxIsHere,
  startGoogleSandbox,
  WHY_SKIPPED,
} from './google-sandbox.ts';
import { columnOf, SharedSpreadsheet } from './shared-spreadsheet.ts';
import { run, table, tiny } from './tables.ts';

const MONDAY = Date.UTC(2026, 5, 1);

describe.skipIf(!sandboxIsHere)(
  `texts like formulas${sandboxIsHere ? '' : ` (${WHY_SKIPPED})`}`,
  () => {
    let google: GoogleSandbox;
    beforeAll(async () => {
      google = await startGoogleSandbox();
    });
    afterAll(() => google?.close());

    const rows = formulaPayloads.map((text): Cell[] => [text]);

    it.each([
      { how: 'typed', call_bytes: 1_990_000, calls: 1 },
      { how: 'staged', call_bytes: 30_000, calls: 3 },
    ])('stay texts when $how', async ({ call_bytes, calls }) => {
      expect(formulaPayloads.length).toBeGreaterThanOrEqual(300);
      const sheet = await SharedSpreadsheet.make(google);
      const before = await sheet.now();
      const source = table(tiny, rows, '1');
      const [written] = await sheet.publish(run(MONDAY), [source], { call_bytes });
      expect(written).toMatchObject({ rows: rows.length, checksum: source.checksum });
      expect((await sheet.writes(before)).length).toBeGreaterThanOrEqual(calls);
      const tabs = await sheet.tabs();
      expect(tabs.flatMap(({ formulas }) => formulas)).toEqual([]);
      expect(columnOf(await sheet.tab('tiny'), 'D')).toEqual(formulaPayloads);
    });
  },
);
