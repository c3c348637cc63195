/**
 * What a house published one night and tells otherwise the next, cell by cell with its cause (R13).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../house.ts';
import { publish } from '../night.ts';

type Cell = Record<
  'mart' | 'key' | 'column_name' | 'old_value' | 'new_value' | 'cause',
  string | null
>;

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house?.close());

async function post(path: string, row: object): Promise<void> {
  const answer = await house.call(path, {
    method: 'POST',
    body: JSON.stringify(row),
    headers: { 'content-type': 'application/json' },
  });
  expect(answer.status, await answer.clone().text()).toBe(202);
}

const bought = (external_id: string, day: string, amount: string, more = {}) => ({
  contact: 'ada@example.org',
  external_id,
  purchased_at: `${day}T10:00:00Z`,
  amount,
  currency: 'USD',
  product: 'Course',
  ...more,
});

/** The run of a night that has ended well. */
async function night(as_of: string): Promise<{ run_id: string; attempt: number }> {
  const ended = await publish(house, ['files'], as_of);
  expect(ended).toMatchObject({ status: 'complete' });
  const [run_id, attempt] = ended.instance.split('-');
  return { run_id: run_id!, attempt: Number(attempt) };
}

async function found(run: { run_id: string; attempt: number }): Promise<Cell[]> {
  const { results } = await house.db
    .prepare(
      `select mart, key, column_name, old_value, new_value, cause from restatements
       where run_id = ? and attempt = ? order by mart, key, column_name`,
    )
    .bind(run.run_id, run.attempt)
    .all<Cell>();
  return results;
}

const inMart = (name: string, cells: Cell[]): string[] =>
  cells
    .filter(({ mart }) => mart === name)
    .map(
      ({ key, column_name, old_value, new_value }) =>
        `${key}: ${column_name} ${old_value} → ${new_value}`,
    );
const causes = (cells: Cell[]): Set<string | null> => new Set(cells.map(({ cause }) => cause));

const loadOf = async (run_id: string, mart: string): Promise<string> =>
  (await house.db
    .prepare('select load_id from export_loads where run_id = ? and mart = ?')
    .bind(run_id, mart)
    .first<string>('load_id'))!;

describe('a house that publishes night after night', () => {
  let before: string;

  it('finds nothing in its first night, and nothing where nothing came in between', async () => {
    await post('/api/contacts', {
      email: 'ada@example.org',
      lead_added_at: '2026-05-20T09:00:00Z',
      channel_origin: 'referral',
      lead_type: 'trial_class',
    });
    await post('/api/contacts', {
      phone: '+61400111222',
      lead_added_at: '2026-05-18T09:00:00Z',
      channel_origin: 'event',
      lead_type: 'ebook',
    });
    await post('/api/purchases', bought('p1', '2026-05-21', '100.00'));
    await house.until('select count(*) from contacts where lead_type is not null', 2);
    await house.until('select count(*) from purchases', 1);
    expect(await found(await night('2026-06-01T00:00:00Z'))).toEqual([]);
    const second = await night('2026-06-02T00:00:00Z');
    expect(await found(second)).toEqual([]);
    before = second.run_id;
  });

  let run: { run_id: string; attempt: number };

  it('finds the cells that a late fact changed, and what was new that day is none', async () => {
    await post('/api/purchases', bought('p2', '2026-05-22', '50.00'));
    await post('/api/purchases', bought('p3', '2026-06-03', '70.00'));
    await house.until('select count(*) from purchases', 3);
    run = await night('2026-06-04T00:00:00Z');
    const cells = await found(run);
    const key = '2026-05-22 · referral · trial_class · none · unknown';
    expect(inMart('daily', cells)).toEqual([
      `${key}: currency null → USD`,
      `${key}: purchases 0 → 1`,
      `${key}: revenue 0.00 → 50.00`,
    ]);
    expect(inMart('weekly_summary', cells)).toEqual([
      '2026-W21 · Revenue: numerator 10000 → 15000',
      '2026-W21 · Revenue: sentence Revenue came to 100 USD (no figure for the week before). → ' +
        'Revenue came to 150 USD (no figure for the week before).',
      '2026-W21 · Revenue: value 100 → 150',
      '2026-W21 · Revenue: value_text 100 USD → 150 USD',
      '2026-W22 · Revenue: change -100 → -150',
      '2026-W22 · Revenue: previous 100 → 150',
      '2026-W22 · Revenue: sentence Revenue fell from 100 to 0 USD. See which channel and ' +
        'training fell short. → Revenue fell from 150 to 0 USD. See which channel and training ' +
        'fell short.',
    ]);
    expect(causes(cells)).toEqual(new Set(['late_fact']));
  });

  it('names the loads before and after', async () => {
    const row = await house.db
      .prepare(
        `select distinct load_before, load_after, published_as_of from restatements
         where mart = 'daily'`,
      )
      .first();
    expect(row).toEqual({
      load_before: await loadOf(before, 'daily'),
      load_after: await loadOf(run.run_id, 'daily'),
      published_as_of: Date.parse('2026-06-02T00:00:00Z'),
    });
  });

  it('finds nothing in a second attempt of a night, and keeps the first one’s', async () => {
    const again = await night('2026-06-04T00:00:00Z');
    expect(again).toEqual({ run_id: run.run_id, attempt: 2 });
    expect(await found(again)).toEqual([]);
    expect(await found(run)).toHaveLength(10);
  });

  it('tells of it from the next night on, never in the night itself', async () => {
    const csv = async (run_id: string) =>
      (await house.call(`/exports/files/${run_id}/restatements.csv`)).text();
    expect((await csv(run.run_id)).trim().split('\n')).toHaveLength(1);
    const next = await night('2026-06-05T00:00:00Z');
    const lines = (await csv(next.run_id)).trim().split('\n');
    expect(lines).toHaveLength(11);
    expect(lines[1]).toContain(
      '2026-05-22 · referral · trial_class · none · unknown,currency,,USD',
    );
  });

  it('tells a correction from a late fact', async () => {
    await post('/api/purchases', bought('p1', '2026-05-21', '80.00'));
    await house.until(
      "select amount_minor from purchases where purchased_day = '2026-05-21'",
      8000,
    );
    const cells = await found(await night('2026-06-06T00:00:00Z'));
    expect(inMart('daily', cells)).toEqual([
      '2026-05-21 · referral · trial_class · none · unknown: revenue 100.00 → 80.00',
    ]);
    expect(causes(cells)).toEqual(new Set(['correction']));
  });

  it('tells a merge: two leads of two days become one of the first (P2)', async () => {
    await post('/api/contacts', { email: 'ada@example.org', phone: '+61400111222' });
    await house.until('select count(*) from merges', 1);
    const cells = await found(await night('2026-06-07T00:00:00Z'));
    expect(inMart('daily', cells).filter((cell) => cell.includes('leads_added'))).toEqual([
      '2026-05-18 · event · ebook · none · none: leads_added 1 → 0',
      '2026-05-18 · referral · trial_class · none · none: leads_added 0 → 1',
      '2026-05-20 · referral · trial_class · none · none: leads_added 1 → 0',
    ]);
    expect(causes(cells)).toEqual(new Set(['merge']));
  });

  it('blames the rules where they are others than those of the night before (G8)', async () => {
    const bucket = await house.runtime.getR2Bucket('STORAGE', 'signalhouse-export');
    const kept = (await (await bucket.get('published/latest.json'))!.json()) as object;
    await bucket.put(
      'published/latest.json',
      JSON.stringify({ ...kept, rules_version: 'those before' }),
    );
    await post('/api/purchases', bought('p4', '2026-05-23', '10.00'));
    await house.until('select count(*) from purchases', 4);
    expect(causes(await found(await night('2026-06-08T00:00:00Z')))).toEqual(
      new Set(['rules_version']),
    );
  });

  it('keeps the rows of one night only', async () => {
    const bucket = await house.runtime.getR2Bucket('STORAGE', 'signalhouse-export');
    const { objects } = await bucket.list({ prefix: 'published/' });
    expect(objects).toHaveLength(3);
  });
});
