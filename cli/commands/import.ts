/** `import`: a CSV file through the import door, in chunks; what cannot be read is written beside it with its reasons. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseInstant } from '../../core/calendar.ts';
import { importCsv, type Reject } from '../../core/csv/import.ts';
import { type RowKind, rowKinds } from '../../core/facts/fields.ts';
import { Fault } from '../../core/faults.ts';
import { now } from '../../platform/clock.ts';
import { parseConfig } from '../../platform/config.ts';
import type { Call, Command } from '../command.ts';
import { UsageError } from '../exit.ts';
import { withHouse } from '../house/open.ts';
import { settingsOf } from '../house/settings.ts';
import { openState } from '../house/state.ts';
import { textRecord } from '../text-record.ts';

const KINDS = rowKinds.filter((kind) => kind !== 'campaigns' && kind !== 'enrolments');
const FACTS_PER_REQUEST = 1000;

function read(path: string): string {
  if (!existsSync(path)) throw new Fault('not_found', `there is no file ${path}`);
  return readFileSync(path, 'utf8');
}

function readMap(path: string | undefined): unknown {
  if (path === undefined) return undefined;
  try {
    return JSON.parse(read(path));
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('bad_input', `${path} is no JSON: ${(error as Error).message}`);
  }
}

function parse(call: Call, kind: RowKind, file: string) {
  const config = parseConfig(settingsOf(openState()));
  const zone = config.BUSINESS_TIME_ZONE;
  const stated = call.text('observed-at');
  const observedAt = stated === undefined ? undefined : parseInstant(stated, zone);
  if (stated !== undefined && observedAt === undefined)
    throw new UsageError(`--observed-at takes an instant such as 2026-01-31; not ${stated}`);
  const context = { zone, defaultCountry: config.DEFAULT_COUNTRY, now: now(config), observedAt };
  return importCsv(kind, read(file), readMap(call.text('map')), { ...context, currency: config.HOUSE_CURRENCY });
}

function keepRejects(file: string, rejects: Reject[]): string | null {
  if (rejects.length === 0) return null;
  const path = `${file}.rejected.jsonl`;
  writeFileSync(path, rejects.map((reject) => `${JSON.stringify(reject)}\n`).join(''));
  return path;
}

export const importCommand: Command = {
  name: 'import',
  usage: `${KINDS.join('|')} FILE.csv [--map MAP.json] [--dry-run] [--observed-at ISO]`,
  summary: 'Brings a CSV file in; an unknown column stops it before anything is written.',
  options: { map: { type: 'string' }, 'dry-run': { type: 'boolean' }, 'observed-at': { type: 'string' } },
  async run(call) {
    const [kind, file, ...rest] = call.positionals;
    if (!KINDS.includes(kind as never) || !file || rest.length)
      throw new UsageError(`import takes one of ${KINDS.join(', ')} and a file`);
    const { rows, facts, rejects } = parse(call, kind as RowKind, file);
    const counts = { rows, facts: facts.length, rejected: rejects.length };
    if (call.flag('dry-run')) return call.print({ ...counts, rejects }, textRecord({ ...counts, rejects }));
    await withHouse(call.say, async (house) => {
      let [inserted, duplicates] = [0, 0];
      for (let from = 0; from < facts.length; from += FACTS_PER_REQUEST) {
        const answer = await house.call('/import/facts', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ facts: facts.slice(from, from + FACTS_PER_REQUEST) }),
        });
        const landed = (await answer.json()) as { inserted: number; duplicates: number };
        inserted += landed.inserted;
        duplicates += landed.duplicates;
        call.say(`${Math.min(from + FACTS_PER_REQUEST, facts.length)} of ${facts.length} facts`);
      }
      const report = { ...counts, inserted, duplicates, rejects_file: keepRejects(file, rejects) };
      call.print(report, textRecord(report));
    });
  },
};
