/**
 * Gate 6: deriving the hundredth of contacts that changed against deriving everyone, with the same
 * result. BENCH_CONTACTS scales it. Timed, counted.
 */
import { createHash } from 'node:crypto';
import { HOUR } from '../core/durations.ts';
import type { EmailEvent } from '../core/facts/fact.ts';
import { refreshAll, refreshContacts } from '../warehouse/derive/refresh.ts';
import { writeFacts } from '../warehouse/write/facts.ts';
import { loadHouse, WRITTEN } from './copies.ts';
import { type BenchHouse, withBenchHouse } from './house.ts';
import {
  contactsOf,
  cpuOfWorkerd,
  type Gate,
  type Measure,
  pairsOf,
  ratioOfPairs,
} from './measure.ts';
import { AS_OF, personOf } from './synthetic-facts.ts';

const CONTACTS = contactsOf(4000, 1000);
const CHANGED = Math.ceil(CONTACTS / 100);
const PAIRS = pairsOf(5);
/** Hundredths derived one after the other, so that the two sides of a pair are alike in length. */
const HUNDREDTHS = 10;

/** A reply that had not been told of, to the last message of each of these people. */
const repliesOf = (from: number, pair: number): EmailEvent[] =>
  Array.from({ length: CHANGED }, (_, i) => {
    const last = personOf((from + i) % Math.min(CONTACTS, WRITTEN)).mail.at(-1)!;
    const event_id = `${last.message_id}-reply-${pair}`;
    return {
      ...last,
      event_id,
      event_type: 'replied' as const,
      occurred_at: AS_OF - (pair + 1) * HOUR,
    };
  });

/** What both ways must agree on: a score fades by the instant, and a VIP is the whole house's. */
const DERIVED = [
  'select contact_id, field, occurred_at, from_value, to_value, cause, rule_id from status_changes',
  `select contact_id, lead_status, sales_stage, unsubscribed,
     last_touch_at, last_activity_at,
     emails_sent, emails_opened, emails_clicked, emails_replied,
     attempts, next_follow_up_at
   from contact_summary`,
];
const CONTACTS_AT_ONCE = 5000;

/** A digest of all that is derived, read a few contacts at a time. */
async function derived({ db }: BenchHouse): Promise<string> {
  const digest = createHash('sha256');
  for (let lo = 1; lo <= CONTACTS; lo += CONTACTS_AT_ONCE)
    for (const select of DERIVED) {
      const hi = lo + CONTACTS_AT_ONCE - 1;
      const those = `where contact_id between ${lo} and ${hi} order by 1, 2, 3`;
      digest.update(JSON.stringify(await db.prepare(`${select} ${those}`).raw()));
    }
  return digest.digest('hex');
}

async function changed(house: BenchHouse, pair: number): Promise<number[][]> {
  const hundredths: number[][] = [];
  for (let n = 0; n < HUNDREDTHS; n++)
    hundredths.push(
      (await writeFacts(house.db, repliesOf((pair * HUNDREDTHS + n) * CHANGED, pair), house.config))
        .contact_ids,
    );
  return hundredths;
}

async function run(): Promise<Measure[]> {
  return withBenchHouse(async (house) => {
    await loadHouse(house, CONTACTS);
    const incremental = async (pair: number): Promise<number> => {
      const hundredths = await changed(house, pair);
      const cost = await cpuOfWorkerd(async () => {
        for (const ids of hundredths) await refreshContacts(house.db, ids, AS_OF);
      });
      return cost / HUNDREDTHS;
    };
    await incremental(PAIRS);
    const before = await derived(house);
    const left = await refreshAll(house.db, AS_OF);
    const isSame = (await derived(house)) === before;
    if (!isSame)
      throw new Error('deriving everyone changed what deriving those who changed had made');
    const { value, quartiles } = await ratioOfPairs(
      incremental,
      () => cpuOfWorkerd(() => refreshAll(house.db, AS_OF)),
      PAIRS,
    );
    return [
      {
        gate: 6,
        measure: `refresh of ${CHANGED} of ${CONTACTS} contacts`,
        value,
        quartiles,
        reference: 'CPU of deriving everyone, results equal',
        limit: 0.05,
        moonshot: 0.015,
        better: 'less' as const,
        note: `after it, deriving everyone still wrote ${left} rows: scores that faded, and VIPs`,
      },
    ];
  });
}

export const gate: Gate = { name: '6', run };
