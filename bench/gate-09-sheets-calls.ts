/**
 * Gate 9: the calls that carry rows to Sheets, against the fewest that Google's advice of 2 MB a
 * call allows. A counter.
 */
import { sheetsDestination } from '../platform/sheets/destination.ts';
import { FakeSpreadsheet } from './fake-spreadsheet.ts';
import type { Gate, Measure } from './measure.ts';
import { accountOf, publicationFor, run as stamp } from './publications.ts';

const CELLS = 400_000;
const ADVISED_BYTES = 2_000_000;

async function run(): Promise<Measure[]> {
  const google = new FakeSpreadsheet();
  const real = globalThis.fetch;
  globalThis.fetch = google.fetch as typeof fetch;
  try {
    const place = sheetsDestination(accountOf('http://bench.invalid'), 'spreadsheet');
    const { tables, cells } = publicationFor(place, CELLS);
    const written = await place.publish(stamp, tables);
    if (written.some(({ checksum }, i) => checksum !== tables[i]!.checksum))
      throw new Error('not read back as written');
    const { carrying } = google;
    const bytes = carrying.reduce((sum, body) => sum + Buffer.byteLength(body), 0);
    const fewest = Math.ceil(bytes / ADVISED_BYTES);
    return [
      {
        gate: 9,
        measure: 'row-carrying write calls to Sheets',
        value: carrying.length / fewest,
        reference: 'ceil(bytes sent / 2 MB)',
        limit: 1.15,
        moonshot: 1,
        better: 'less' as const,
        note:
          `${carrying.length} calls for ${cells} cells, ${(bytes / 1e6).toFixed(1)} MB; the ` +
          `fewest is ${fewest}`,
      },
    ];
  } finally {
    globalThis.fetch = real;
  }
}

export const gate: Gate = { name: '9', run };
