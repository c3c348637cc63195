/**
 * Gate 17: a file through the command line beside a running house: its peak memory, and its rows
 * per second against gate 3's reference. BENCH_CONTACTS sets the rows; the gate is meant for a
 * million. Counted and timed.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { piecesOf } from '../cli/pieces.ts';
import { textOf } from '../core/csv/encoding.ts';
import { openCsv } from '../core/csv/import.ts';
import { contactsOf, type Gate, type Measure, workerdMemory } from './measure.ts';
import { cpuOfInserts } from './prepared-inserts.ts';
import { command, withServedHouse } from './served-house.ts';
import { AS_OF } from './synthetic-facts.ts';

const ROWS = contactsOf(20_000, 5000);
/** Of the file, the rows that the reference inserts. */
const REFERENCE_ROWS = 5000;

/** Contacts as a CRM exports them. */
function writeContacts(file: string): void {
  const out = openSync(file, 'w');
  writeSync(out, 'external_id,email,full_name,company,lead_added_at,channel_origin,tags\n');
  for (let i = 0; i < ROWS; i++)
    writeSync(
      out,
      `crm-${i},person${i}@example.org,"Person ${i}, Jr",Company ${i % 997},` +
        `2026-0${1 + (i % 6)}-${10 + (i % 18)} 09:05,referral,"a;b"\n`,
    );
  closeSync(out);
}

/** CPU ms of the reference for each row of the file. */
async function referenceOf(file: string): Promise<number> {
  const text = { [Symbol.iterator]: () => textOf(piecesOf(file), 'UTF-8') };
  const context = { now: AS_OF, zone: 'UTC', defaultCountry: 'AU', currency: 'USD' };
  const facts = [];
  for (const row of openCsv('contacts', text, undefined, context).read()) {
    if ('fact' in row) facts.push(row.fact);
    if (facts.length === REFERENCE_ROWS) break;
  }
  return (await cpuOfInserts(facts)) / facts.length;
}

async function run(): Promise<Measure[]> {
  return withServedHouse(async (house) => {
    const file = join(house.state.folder, 'contacts.csv');
    writeContacts(file);
    const reference = await referenceOf(file);
    const { peakMb, wallMs } = await command(house, 'import', 'contacts', file);
    return [
      {
        gate: 17,
        measure: 'import by the command line, peak MB',
        value: peakMb,
        reference: `VmHWM of the command; ${ROWS} rows`,
        limit: 300,
        moonshot: 150,
        better: 'less',
      },
      {
        gate: 17,
        measure: 'workerd beside it, peak MB',
        value: workerdMemory('VmHWM'),
        reference: 'VmHWM of workerd',
        better: 'less',
      },
      {
        gate: 17,
        measure: 'rows a second, by the clock',
        value: (reference * ROWS) / wallMs,
        reference: 'the facts’ own rows, one prepared SQLite transaction in memory (CPU)',
        better: 'more',
      },
    ];
  });
}

export const gate: Gate = { name: '17', run };
