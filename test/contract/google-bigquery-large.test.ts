/**
 * A table of many rows: sent in pieces, resumed where an answer is lost, read back page by page, in
 * flat memory.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Checksum } from '../../platform/checksum.ts';
import type { Table } from '../../platform/destination.ts';
import type { Cell } from '../../sql/cell.ts';
import type { Contract } from '../../sql/contract.ts';
import { type BigQueryPlace, bigQueryPlace } from './bigquery-place.ts';
import {
  type GoogleSandbox,
  sandboxIsHere,
  startGoogleSandbox,
  WHY_SKIPPED,
} from './google-sandbox.ts';
import { run, tiny } from './tables.ts';

const MONDAY = Date.UTC(2026, 5, 1);
const PAGE = 600;
const UNIT = 256 * 1024;

const contract: Contract = { ...tiny, name: 'words' };
const rowAt = (i: number): Cell[] => [`word ${i} ${'x'.repeat(800)}`];

/** `count` rows that nobody ever holds together. */
function many(count: number, load: string): Table {
  const checksum = new Checksum();
  for (let i = 0; i < count; i += 1) checksum.add(rowAt(i));
  return {
    contract,
    load_id: load,
    row_count: count,
    checksum: `${checksum}`,
    data_through: null,
    async *pages() {
      for (let from = 0; from < count; from += PAGE)
        yield Array.from({ length: Math.min(PAGE, count - from) }, (_, i) => rowAt(from + i));
    },
  };
}

describe.skipIf(!sandboxIsHere)(
  `bigquery with large tables${sandboxIsHere ? '' : ` (${WHY_SKIPPED})`}`,
  () => {
    let google: GoogleSandbox;
    let place: BigQueryPlace;
    let n = 0;
    const publish = (table: Table) => place.publish(run(MONDAY), [table], { piece_bytes: UNIT });
    const pieces = async (after: number) =>
      (await place.writes(after)).filter(
        ({ method, path }) => method === 'PUT' && path.startsWith('/upload/'),
      );
    const fail = (kind: string, nth: number) =>
      google.control('POST', '/__faults', [
        { match: { method: 'PUT', path: '/upload/**' }, nth, kind },
      ]);

    beforeAll(async () => {
      google = await startGoogleSandbox();
    });
    beforeEach(async () => {
      await google.control('POST', '/__faults', []);
      n += 1;
      place = await bigQueryPlace(google, `large${n}`);
    });
    afterAll(() => google?.close());

    it('sends pieces of a multiple of 256 KiB, and reads back every row', async () => {
      const [written] = await publish(many(1_500, 'all'));
      expect(written).toMatchObject({ rows: 1_500 });
      const sent = (await pieces(0)).map(({ bytesIn }) => bytesIn);
      expect(sent.length).toBeGreaterThan(3);
      expect(sent.slice(0, -1).every((bytes) => bytes === UNIT)).toBe(true);
      expect((await place.tables()).get('words__a')!.rows).toHaveLength(1_500);
    });

    it.each([
      ['drop-before', 2],
      ['drop-after', 2],
      ['status:503', 3],
      ['drop-before', 6],
      ['drop-after', 6],
      ['status:500', 6],
    ])('loses and doubles no row where %s happens to piece %i', async (kind, nth) => {
      const table = many(1_500, `${kind} ${nth}`);
      await fail(kind, nth);
      const [written] = await publish(table);
      expect(written).toMatchObject({ rows: 1_500, checksum: table.checksum });
      expect((await place.jobs()).filter(({ errorResult }) => errorResult)).toEqual([]);
    });

    it('begins again where Google has lost the upload', async () => {
      let lost = false;
      const losing: typeof fetch = (input, init) => {
        if (lost || init?.method !== 'PUT') return fetch(input, init);
        lost = true;
        return Promise.resolve(new Response('{"error":{"message":"session"}}', { status: 410 }));
      };
      const table = many(1_500, 'lost');
      const written = await place.publish(run(MONDAY), [table], {
        piece_bytes: UNIT,
        carry: losing,
      });
      expect(written).toMatchObject([{ rows: 1_500, checksum: table.checksum }]);
    });

    it('adopts the job of a piece whose answer never came, also after a crash', async () => {
      const table = many(1_500, 'crashed');
      await fail('drop-after', 6);
      const dying = { piece_bytes: UNIT, retries: 0 };
      await expect(place.publish(run(MONDAY), [table], dying)).rejects.toMatchObject({
        code: 'destination_busy',
      });
      const jobs = (await place.jobs()).length;
      expect(await publish(table)).toMatchObject([{ rows: 1_500 }]);
      expect((await place.jobs()).length).toBe(jobs + 1);
    });
  },
);
