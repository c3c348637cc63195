/**
 * A season's facts in the order of their happening, and shuffled with repeats: the same marts, byte
 * for byte (G6, Show 4).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliver } from '../../cli/sample/deliver.ts';
import type { Delivery } from '../../cli/sample/delivery.ts';
import { landed } from '../../cli/sample/load.ts';
import { seeded } from '../../cli/sample/prng.ts';
import { sampleSeason } from '../../cli/sample/season.ts';
import { RESEND_SECRET, type TestHouse, TOKEN } from '../house.ts';
import { importFile, openEmptyHouse } from './empty-house.ts';
import { publishedMarts } from './published-marts.ts';

const NOW = Date.UTC(2026, 10, 21, 15);
const PEOPLE = process.env.FULL ? 340 : 40;
const PATIENCE_MS = 300_000;
const REPEATED = 0.35;

const season = sampleSeason(NOW, PEOPLE);
const doors = (house: TestHouse) => ({ url: house.url, token: TOKEN, resendSecret: RESEND_SECRET });

/**
 * Everything at least once, a third and more of it again, one webhook a hundred times, in a drawn
 * order.
 */
function shuffledWithRepeats(): Delivery[] {
  const random = seeded(4);
  const repeats = season.filter(() => random.chance(REPEATED));
  expect(repeats.length).toBeGreaterThan(0.3 * season.length);
  const webhook = season.find((d) => d.door === 'webhook' && d.payload.type === 'email.opened')!;
  return random.shuffle([...season, ...repeats, ...Array.from({ length: 99 }, () => webhook)]);
}

/** What even a small season has something to say of. */
const filled = [
  'daily',
  'funnel',
  'fct_purchase',
  'fct_call_attempt',
  'fct_email_message',
  'cohort_conversion',
  'deliverability',
  'free_trial',
  'objections',
  'revenue',
  'training_outcomes',
  'voicemail_followup',
];

const EMAIL = 'somebody.new@example.com';
/** A thing as it is first exported from elsewhere, and as it is exported once it is over. */
const pairs = [
  {
    kind: 'purchases',
    header: 'contact,purchased_at,product,kind,amount,currency,status,completed_at,external_id',
    first: `${EMAIL},2026-10-05T10:00:00Z,Exam intensive,one_off,890.00,USD,enrolled,,purchase-1`,
    again:
      `${EMAIL},2026-10-05T10:00:00Z,Exam intensive,one_off,890.00,USD,completed,` +
      '2026-10-19T10:00:00Z,purchase-1',
    changed: { status: 'completed', completed_at: Date.UTC(2026, 9, 19, 10) },
  },
  {
    kind: 'calls',
    header:
      'contact,booked_at,scheduled_at,completed_at,duration_s,source,class,outcome,external_id',
    first: `${EMAIL},2026-10-05T10:00:00Z,2026-10-07T10:00:00Z,,,manual,booked,,call-1`,
    again:
      `${EMAIL},2026-10-05T10:00:00Z,2026-10-07T10:00:00Z,2026-10-07T10:25:00Z,1500,` +
      'manual,booked,interested,call-1',
    changed: { duration_s: 1500, completed_at: Date.UTC(2026, 9, 7, 10, 25) },
  },
] as const;

describe('a season', () => {
  let ordered: TestHouse;
  let shuffled: TestHouse;

  beforeAll(async () => {
    [ordered, shuffled] = await Promise.all([openEmptyHouse(NOW), openEmptyHouse(NOW)]);
    await deliver(season, doors(ordered));
    await deliver(shuffledWithRepeats(), doors(shuffled));
    for (const { db } of [ordered, shuffled]) await landed(db, season.length);
  }, PATIENCE_MS);
  afterAll(() => Promise.all([ordered?.close(), shuffled?.close()]));

  it(
    'publishes the same in any order, however often each fact arrives',
    async () => {
      const [first, second] = [
        await publishedMarts(ordered.db, NOW),
        await publishedMarts(shuffled.db, NOW),
      ];
      for (const mart of filled) expect(first[mart], mart).not.toBe('');
      for (const [mart, rows] of Object.entries(first))
        expect(second[mart]!.split('\n'), mart).toEqual(rows.split('\n'));
    },
    PATIENCE_MS,
  );

  it.each(pairs)(
    'changes one row when one of the $kind is imported again as completed',
    async (pair) => {
      const arrives = (line: string) =>
        importFile(ordered, NOW, { kind: pair.kind, text: `${pair.header}\n${line}\n` });
      const things = async () => {
        const tables = [
          'contacts',
          'identities',
          'interactions',
          'email_messages',
          'calls',
          'purchases',
        ];
        const read = await ordered.db.batch(
          tables.map((table) => ordered.db.prepare(`select * from ${table}`)),
        );
        return new Set(read.flatMap(({ results }) => results.map((row) => JSON.stringify(row))));
      };
      expect(await arrives(pair.first)).toBe(1);
      const before = await things();
      expect(await arrives(pair.again)).toBe(1);
      const after = await things();
      const written = [...after].filter((row) => !before.has(row)).map((row) => JSON.parse(row));
      expect(written).toEqual([expect.objectContaining(pair.changed)]);
      expect([...before].filter((row) => !after.has(row))).toHaveLength(1);
      expect(after.size).toBe(before.size);
    },
  );
});
