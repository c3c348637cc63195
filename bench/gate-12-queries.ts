/**
 * Gate 12: how often the steps of a night ask D1. BENCH_CONTACTS scales the house. A counter.
 */
import type { Bill } from './counted-database.ts';
import { type HouseBill, houseBill, type Step, sumOf } from './house-bill.ts';
import { contactsOf, type Gate, type Measure } from './measure.ts';

const CONTACTS = contactsOf(10_000, 400);

/** The step that asks most: each step may be an invocation of its own. */
const most = (night: Step[], what: keyof Bill): Step =>
  night.reduce((one, other) => (other.bill[what] > one.bill[what] ? other : one));

const measureOf = (
  { night }: HouseBill,
  what: 'queries' | 'calls',
  word: string,
  limit: number,
  moonshot: number,
): Measure => {
  const { name, bill } = most(night, what);
  return {
    gate: 12,
    measure: `${word} of a night’s largest step, ${CONTACTS} contacts`,
    value: bill[what],
    reference: 'counted; each step may be an invocation of its own',
    limit,
    moonshot,
    better: 'less',
    note: `it is '${name}'; the steps that read the house ask ${sumOf(night, what)} in all`,
  };
};

async function run(): Promise<Measure[]> {
  const bill = await houseBill(CONTACTS);
  return [
    measureOf(bill, 'queries', 'D1 queries', 45, 25),
    measureOf(bill, 'calls', 'D1 subrequests', 14, 10),
  ];
}

export const gate: Gate = { name: '12', run };
