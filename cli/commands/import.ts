/** `import`: a CSV file through the import door, in chunks; what cannot be read is written beside it with its reasons. */
import { existsSync, readFileSync } from 'node:fs';
import { parseInstant } from '../../core/calendar.ts';
import { decodeText } from '../../core/csv/encoding.ts';
import { importCsv, type Reject } from '../../core/csv/import.ts';
import type { Fact } from '../../core/facts/fact.ts';
import { importKinds, type RowKind } from '../../core/facts/fields.ts';
import { Fault } from '../../core/faults.ts';
import { observedAtError } from '../../core/instant.ts';
import { now } from '../../platform/clock.ts';
import { parseConfig } from '../../platform/config.ts';
import type { Outcome, Outcomes } from '../../platform/d1/fact-outcomes.ts';
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import { type House, withHouse } from '../house/open.ts';
import { settingsOf } from '../house/settings.ts';
import { openState } from '../house/state.ts';
import { textTable } from '../text-table.ts';
import { refuseForeign, writeOwn } from '../written-files.ts';

const FACTS_PER_REQUEST = 1000;
const REJECTS_SHOWN = 10;

function read(path: string): Uint8Array {
  if (!existsSync(path)) throw new Fault('not_found', `there is no file ${path}`);
  return readFileSync(path);
}

function readMap(path: string | undefined): unknown {
  if (path === undefined) return undefined;
  try {
    return JSON.parse(decodeText(read(path)).text);
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
  const error = observedAt === undefined ? undefined : observedAtError(observedAt, now(config));
  if (error) throw new UsageError(`--observed-at ${stated} ${error}`);
  const context = { zone, defaultCountry: config.DEFAULT_COUNTRY, now: now(config), observedAt };
  const { text, encoding } = decodeText(read(file));
  if (encoding !== 'UTF-8')
    call.say(`${file} is read as ${encoding}; if letters come out wrong, save it as "CSV UTF-8"`);
  return importCsv(kind, text, readMap(call.text('map')), {
    ...context,
    currency: config.HOUSE_CURRENCY,
  });
}

const rejectsFile = (file: string): string => `${file}.rejected.jsonl`;

function keepRejects(file: string, rejects: Reject[]): string | null {
  if (rejects.length === 0) return null;
  const path = rejectsFile(file);
  writeOwn(path, rejects.map((reject) => `${JSON.stringify(reject)}\n`).join(''));
  return path;
}

/** A dry run's parts do not see each other in the house: what an earlier part would have made known is known here. */
function rememberDry(): (fact: Fact, outcome: Outcome) => Outcome {
  const seen = new Set<string>();
  return (fact, outcome) => {
    const [thing, delivery] =
      fact.kind === 'email_event'
        ? [fact.event_id, '']
        : [`${fact.kind} ${fact.thing_key}`, fact.observation_key];
    const whole = `${thing} ${delivery}`;
    const now = seen.has(whole)
      ? 'skipped'
      : outcome === 'new' && seen.has(thing)
        ? 'updated'
        : outcome;
    seen.add(thing).add(whole);
    return now;
  };
}

/** Posts the facts in parts and counts what became of each; with `isDry` nothing is written. An empty file asks the house too. */
async function send(
  house: House,
  facts: Fact[],
  isDry: boolean,
  say: Call['say'],
): Promise<Record<Outcome | 'tied', number>> {
  const counts = { new: 0, updated: 0, skipped: 0, tied: 0 };
  const told = rememberDry();
  for (let from = 0; from === 0 || from < facts.length; from += FACTS_PER_REQUEST) {
    const part = facts.slice(from, from + FACTS_PER_REQUEST);
    const answer = await house.call(`/import/facts${isDry ? '?dry_run=1' : ''}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ facts: part }),
    });
    const { outcomes, tied } = (await answer.json()) as Outcomes;
    counts.tied += tied;
    outcomes.forEach((outcome, i) => {
      counts[isDry ? told(part[i]!, outcome) : outcome] += 1;
    });
    say(`${from + part.length} of ${facts.length} rows ${isDry ? 'read' : 'landed'}`);
  }
  return counts;
}

const tiedText = (tied: number): string =>
  `${tied} ${tied === 1 ? 'row says' : 'rows say'} otherwise than another about the same thing and instant, so that chance decides which holds: ` +
  'import what is right again with a later --observed-at.';

/** The counts as one aligned table and, below them, the first rows that were refused. */
function reportText(report: Record<string, unknown>, rejects: Reject[]): string {
  const shown = rejects.slice(0, REJECTS_SHOWN);
  return [
    textTable(['rows', 'new', 'updated', 'skipped', 'rejected'], [report]),
    ...shown.map(({ line, reasons }) => `line ${line}: ${reasons.join('; ')}`),
    ...(rejects.length > shown.length ? [`… and ${rejects.length - shown.length} more`] : []),
    ...(report.rejects_file
      ? [`All rejected rows with their reasons: ${report.rejects_file}`]
      : []),
    ...(report.tied ? [tiedText(Number(report.tied))] : []),
    ...(report.dry_run ? ['Nothing was written.'] : []),
  ].join('\n');
}

export async function importFile(call: Call): Promise<void> {
  const [kind, file, ...rest] = call.positionals;
  if (!importKinds.includes(kind as never) || !file || rest.length)
    throw new UsageError(`import takes one of ${importKinds.join(', ')} and a file`);
  const { rows, facts, rejects } = parse(call, kind as RowKind, file);
  const isDry = call.flag('dry-run');
  // Asked before anything lands, so that the reasons of rejected rows are never without a place.
  if (!isDry && rejects.length > 0) refuseForeign([rejectsFile(file)]);
  await withHouse(call.say, async (house) => {
    const landed = await send(house, facts, isDry, call.say);
    const rejects_file = isDry ? null : keepRejects(file, rejects);
    const report = { rows, ...landed, rejected: rejects.length, dry_run: isDry, rejects_file };
    call.print({ ...report, rejects }, reportText(report, rejects));
  });
}
