/**
 * Gate 7: the longest statement of a night against counting the facts that it reads. BENCH_CONTACTS
 * scales it. Timed.
 */
import { loadHouse } from './copies.ts';
import { withBenchHouse } from './house.ts';
import { contactsOf, type Gate, type Measure, pairsOf, ratioOfPairs } from './measure.ts';
import { costOf, nightStatements, type Statement } from './night-statements.ts';
import { AS_OF } from './synthetic-facts.ts';

const CONTACTS = contactsOf(10_000, 1000);
const PAIRS = pairsOf(5);
/**
 * A count is brief: one statement does it so often, so that the way there and back weighs little;
 * D1 gives 100 columns at most.
 */
const COUNTS = Math.min(90, Math.ceil(400_000 / CONTACTS));
/** Statements that are printed, the longest first. */
const NAMED = 6;

const facts = ['contacts', 'email_messages', 'email_events', 'calls', 'interactions', 'purchases'];
const countOnce = facts.map((table) => `(select count(*) from ${table})`).join(' + ');
const counts = Array.from({ length: COUNTS }, (_, n) => `${countOnce} as n${n}`);
const COUNT = `select ${counts.join(', ')}`;

type Cost = { statement: Statement; ms: number };

/** Every kind of statement once, the longest first: slices of one mart are alike. */
async function costs(db: D1Database): Promise<Cost[]> {
  const kinds = new Map(
    (await nightStatements(db, CONTACTS, AS_OF)).map((statement) => [statement.name, statement]),
  );
  const found: Cost[] = [];
  for (const statement of kinds.values())
    found.push({ statement, ms: await costOf(db, [statement]) });
  return found.sort((a, b) => b.ms - a.ms);
}

async function run(): Promise<Measure[]> {
  return withBenchHouse(async (house) => {
    await loadHouse(house, CONTACTS);
    const found = await costs(house.db);
    const counting = [{ name: 'count', sql: COUNT }];
    const { value, quartiles } = await ratioOfPairs(
      () => costOf(house.db, [found[0]!.statement]),
      async () => (await costOf(house.db, counting)) / COUNTS,
      PAIRS,
    );
    const share = (ms: number) => `${Math.round((100 * ms) / found[0]!.ms)} %`;
    const others = found
      .slice(1, NAMED)
      .map(({ statement, ms }) => `${statement.name} ${share(ms)}`);
    return [
      {
        gate: 7,
        measure: `longest statement of a night, ${CONTACTS} contacts`,
        value,
        quartiles,
        reference: 'select count(*) over the same facts',
        limit: 60,
        moonshot: 20,
        better: 'less' as const,
        note: `the longest is ${found[0]!.statement.name}; of its time take ${others.join(', ')}`,
      },
    ];
  });
}

export const gate: Gate = { name: '7', run };
