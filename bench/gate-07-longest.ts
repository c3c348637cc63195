/** Gate 7: the longest statement of a night against counting the facts that it reads. BENCH_CONTACTS scales it. Timed. */
import { refreshAll } from '../platform/d1/refresh.ts';
import { loadPeople, withBenchHouse } from './house.ts';
import { BENCH_CONTACTS, cpuOfWorkerd, type Gate, type Measure, ratioOfPairs } from './measure.ts';
import { nightStatements, runStatements, type Statement } from './night-statements.ts';
import { AS_OF } from './synthetic-facts.ts';

const CONTACTS = BENCH_CONTACTS ?? 4000;
const PAIRS = 5;
/** A count is brief: one statement does it so often, so that the way there and back weighs little. */
const COUNTS = 90;
const REPEATS = 3;

const facts = ['contacts', 'email_messages', 'email_events', 'calls', 'interactions', 'purchases'];
const countOnce = facts.map((table) => `(select count(*) from ${table})`).join(' + ');
const COUNT = `select ${Array.from({ length: COUNTS }, (_, n) => `${countOnce} as n${n}`).join(', ')}`;

async function longestOf(db: D1Database, statements: Statement[]): Promise<Statement> {
  const costs: number[] = [];
  for (const statement of statements) costs.push(await cpuOfWorkerd(() => runStatements(db, [statement])));
  return statements[costs.indexOf(Math.max(...costs))]!;
}

async function run(): Promise<Measure[]> {
  return withBenchHouse(async ({ db, ...house }) => {
    await loadPeople({ db, ...house }, 0, CONTACTS);
    await refreshAll(db, AS_OF);
    const longest = await longestOf(db, nightStatements(CONTACTS, AS_OF));
    const again = Array.from({ length: REPEATS }, () => longest);
    const { value, quartiles } = await ratioOfPairs(
      async () => (await cpuOfWorkerd(() => runStatements(db, again))) / REPEATS,
      async () =>
        (await cpuOfWorkerd(() =>
          runStatements(
            db,
            again.map(({ name }) => ({ name, sql: COUNT })),
          ),
        )) /
        REPEATS /
        COUNTS,
      PAIRS,
    );
    return [
      {
        ...{ gate: 7, measure: `longest statement of a night, ${CONTACTS} contacts`, value, quartiles },
        reference: 'select count(*) over the same facts',
        ...{ limit: 60, moonshot: 20, better: 'less' as const },
        note: `the longest is ${longest.name}`,
      },
    ];
  });
}

export const gate: Gate = { name: '7', run };
