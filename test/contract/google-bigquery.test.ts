/** The destination `bigquery` against Google's double, strict: loads verified, readers switched last, the same run no load. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigqueryDestination } from '../../platform/bigquery/destination.ts';
import type { Table } from '../../platform/destination.ts';
import { type GoogleSandbox, PROJECT, sandboxIsHere, startGoogleSandbox, WHY_SKIPPED } from './google-sandbox.ts';
import { everyType, rowsOfEveryType, run, table, tiny } from './tables.ts';

const MONDAY = Date.UTC(2026, 5, 1);

describe.skipIf(!sandboxIsHere)(`bigquery${sandboxIsHere ? '' : ` (${WHY_SKIPPED})`}`, () => {
  let google: GoogleSandbox;
  const place = () => bigqueryDestination({ key_json: google.keyJson, api_root: google.root }, PROJECT, 'house');
  const mark = async () => (await google.journal()).at(-1)?.n ?? 0;
  const writes = async (after: number) =>
    (await google.journal(after)).filter(({ method, path }) => method !== 'GET' && !path.endsWith('/token'));
  const loads = async (after: number) => (await writes(after)).filter(({ path }) => path.startsWith('/upload/'));
  const current = async () => {
    const { tables } = await google.control<{ tables: { id: string; rows: Record<string, string>[] }[] }>(
      'GET',
      `/__bigquery/${PROJECT}`,
    );
    const { rows } = tables.find(({ id }) => id.endsWith('.current_run'))!;
    return Object.fromEntries(rows.map((row) => [row.mart, row.table_id]));
  };
  const first = (): Table[] => [table(everyType, rowsOfEveryType, '1'), table(tiny, [['one'], ['two']], '1')];

  beforeAll(async () => {
    google = await startGoogleSandbox();
    await google.control('POST', '/__datasets', {
      project: PROJECT,
      dataset: 'house',
      location: 'australia-southeast1',
    });
  });
  afterAll(() => google?.close());

  it('loads every table, reads it back equal, and loads current_run last', async () => {
    const tables = first();
    const written = await place().publish(run(MONDAY), tables);
    expect(written.map(({ rows, checksum }) => ({ rows, checksum }))).toEqual(
      tables.map(({ row_count, checksum }) => ({ rows: row_count, checksum })),
    );
    const last = (await writes(0)).at(-1)!;
    expect(last.path).toMatch(/^\/upload/);
    expect(await loads(0)).toHaveLength(3);
  });

  it('loads nothing for the same run', async () => {
    const before = await mark();
    await place().publish(run(MONDAY, { attempt: 2 }), first());
    expect(await writes(before)).toEqual([]);
  });

  it('loads only the table that a late fact changed, into the side that readers do not see', async () => {
    const before = await mark();
    await place().publish(run(MONDAY, { attempt: 2 }), [first()[0]!, table(tiny, [['one'], ['two'], ['three']], '2')]);
    expect(await loads(before)).toHaveLength(2);
    expect(await current()).toMatchObject({ every_type: 'every_type__a', tiny: 'tiny__b' });
  });

  it('refuses another house, and writes nothing', async () => {
    const before = await mark();
    await expect(place().publish(run(MONDAY, { house_id: 'other' }), first())).rejects.toMatchObject({
      code: 'other_house',
    });
    expect(await writes(before)).toEqual([]);
  });

  it('adopts a load that was made before its answer was lost', async () => {
    await google.control('POST', '/__faults', [
      { match: { method: 'POST', path: '/upload/**' }, nth: 1, kind: 'drop-after' },
    ]);
    const tables = [table(everyType, rowsOfEveryType, '5'), table(tiny, [['five']], '5')];
    const written = await place().publish(run(MONDAY + 5), tables);
    expect(written.map(({ checksum }) => checksum)).toEqual(tables.map(({ checksum }) => checksum));
    await google.control('POST', '/__faults', []);
  });

  // Without ZetaSQL the double cannot tell that a view's own query has changed its columns.
  it.skipIf(!process.env.ZETASQL)('appends a column to both sides and to the view', async () => {
    const grown = {
      ...tiny,
      columns: [...tiny.columns, { name: 'size', type: 'integer' as const, description: 'Size.' }],
    };
    const [, written] = await place().publish(run(MONDAY + 9), [
      table(everyType, rowsOfEveryType, '9'),
      table(grown, [['one', 1]], '9'),
    ]);
    expect(written).toMatchObject({ rows: 1 });
  });

  it('has sent only what the published schemas allow', async () => {
    const refused = (await google.journal()).filter(({ errors }) => errors.length);
    expect(refused.filter(({ status }) => status !== 409)).toEqual([]);
  });
});
