/**
 * Gate 13: the list price of a million email events, and of a month of a house, computed from what
 * D1 was counted to do in two small houses. BENCH_CONTACTS sets the larger one.
 */
import { houseBill, sumOf } from './house-bill.ts';
import { dollars, free, PLAN, paid, type Usage } from './list-prices.ts';
import { contactsOf, type Gate, type Measure } from './measure.ts';
import { type Counted, monthlyUsage } from './monthly-usage.ts';

const LARGE = contactsOf(4000, 800);
const SMALL = Math.ceil(LARGE / 4);
const SIZES = [1_000, 10_000, 100_000, 1_000_000];
/** What a design that writes row by row costs, in dollars a million. */
const ROW_BY_ROW = 5.3;
const DAYS = 30;

const things = Object.keys(paid) as (keyof Usage)[];

/** What a house uses more of than the free plan gives, a day or in all. */
const overFree = (usage: Usage): string[] =>
  things.filter((thing) => {
    const used = thing === 'd1_gb' ? usage[thing] : usage[thing] / DAYS;
    return used > (free[thing] ?? Number.POSITIVE_INFINITY);
  });

const listed = (usage: Usage): string =>
  things.map((thing) => `${thing} ${Number(usage[thing].toPrecision(3))}`).join(', ');

function monthOf(people: number, usage: Usage): Measure {
  const price = things.reduce((sum, thing) => sum + dollars(paid[thing], usage[thing]), PLAN);
  const over = overFree(usage);
  const plan = over.length > 0 ? `over the free plan: ${over.join(', ')}` : 'the free plan does';
  return {
    gate: 13,
    measure: `$ a month, ${people} people`,
    value: price,
    reference: `computed: list prices, D1 counted in houses of ${SMALL} and ${LARGE}`,
    better: 'less',
    note: `${listed(usage)}; ${plan}`,
  };
}

/** What was counted, from which all else can be computed again. */
function countsOf({ people, bill }: Counted): Measure[] {
  const measure = (name: string, value: number): Measure => ({
    gate: 13,
    measure: `${name}, ${people} people`,
    value,
    reference: 'counted: meta of every query',
    better: 'less',
  });
  return [
    measure('rows read by a night', sumOf(bill.night, 'read')),
    measure('rows written by a night', sumOf(bill.night, 'written')),
    measure('rows read by a refresh of the marts', bill.refresh.read),
    measure('rows written by a refresh of the marts', bill.refresh.written),
    measure('D1 ms of a refresh of the marts', bill.refresh_ms),
    measure('MB of the database', bill.bytes / 1e6),
  ];
}

async function run(): Promise<Measure[]> {
  const small = { people: SMALL, bill: await houseBill(SMALL) };
  const large = { people: LARGE, bill: await houseBill(LARGE) };
  const { written, read } = large.bill.event;
  const perMillion =
    written * paid.rows_written.price +
    read * paid.rows_read.price +
    paid.requests.price +
    3 * paid.queue_operations.price +
    paid.points.price;
  return [
    {
      gate: 13,
      measure: 'list price of a million email events ÷ $5.30',
      value: perMillion / ROW_BY_ROW,
      reference: 'computed: a design that writes row by row',
      limit: 0.5,
      moonshot: 0.25,
      better: 'less',
      note: [
        `$${perMillion.toFixed(2)}: ${written.toFixed(2)} rows written`,
        `${read.toFixed(0)} read each`,
      ].join(', '),
    },
    ...countsOf(small),
    ...countsOf(large),
    ...SIZES.map((people) => monthOf(people, monthlyUsage(small, large, people))),
  ];
}

export const gate: Gate = { name: '13', run };
