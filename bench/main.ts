/**
 * `npm run bench [-- 1 4 --quick --json]`: runs the gates named, or all, and prints each against
 * its reference. Never a test.
 */
import { textTable } from '../cli/text-table.ts';
import { gate as rowsWritten } from './gate-01-rows-written.ts';
import { gate as webhooks } from './gate-02-webhooks.ts';
import { gate as importing } from './gate-03-import.ts';
import { gate as martTime } from './gate-04-marts.ts';
import { gate as growth } from './gate-05-growth.ts';
import { gate as refresh } from './gate-06-refresh.ts';
import { gate as longest } from './gate-07-longest.ts';
import { gate as cells } from './gate-08-cells.ts';
import { gate as sheetsCalls } from './gate-09-sheets-calls.ts';
import { gate as queries } from './gate-12-queries.ts';
import { gate as price } from './gate-13-price.ts';
import { gate as dashboardCost } from './gate-14-dashboard.ts';
import { gate as freshness } from './gate-15-freshness.ts';
import { gate as starting } from './gate-16-starting.ts';
import { gate as importMemory } from './gate-17-import.ts';
import { type Measure, verdict } from './measure.ts';

const gates = [
  rowsWritten,
  webhooks,
  importing,
  martTime,
  growth,
  refresh,
  longest,
  cells,
  sheetsCalls,
  queries,
  price,
  dashboardCost,
  freshness,
  starting,
  importMemory,
];
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = named.filter((name) => !gates.some((gate) => gate.name === name));
if (unknown.length > 0) {
  console.error(
    `no gate ${unknown.join(', ')}; there are ${gates.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}

const figure = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toFixed(3);
const bound = ({ better }: Measure, value: number | undefined): string =>
  value === undefined ? '' : `${better === 'less' ? '≤' : '≥'} ${value}`;

const measures: Measure[] = [];
for (const gate of gates.filter(({ name }) => named.length === 0 || named.includes(name))) {
  console.error(`gate ${gate.name} …`);
  measures.push(...(await gate.run()));
}

if (process.argv.includes('--json')) {
  const document = measures.map((measure) => ({ ...measure, verdict: verdict(measure) }));
  console.log(JSON.stringify({ node: process.version, measures: document }, null, 2));
} else {
  const rows = measures.map((measure) => ({
    gate: measure.gate,
    measure: measure.measure,
    value: figure(measure.value),
    quartiles: measure.quartiles?.map(figure).join(' to '),
    limit: bound(measure, measure.limit),
    moonshot: bound(measure, measure.moonshot),
    verdict: verdict(measure),
    reference: measure.reference,
  }));
  console.log(textTable(Object.keys(rows[0]!), rows));
  for (const { gate, measure, note } of measures)
    if (note) console.log(`gate ${gate}, ${measure}: ${note}`);
}
