/**
 * `attribute`: credits a file of counted paths to channels, with the models side by side; for data
 * from outside the house.
 */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { attribute as credit, refusalOf, usualModels } from '../../core/attribution/attribute.ts';
import { type Interval, shareIntervals } from '../../core/attribution/bootstrap.ts';
import { type PathFile, readPathFile } from '../../core/attribution/path-file.ts';
import type { Only } from '../../core/attribution/path-rows.ts';
import { rankSpread } from '../../core/attribution/ranks.ts';
import { decodeText } from '../../core/csv/encoding.ts';
import { Fault } from '../../core/faults.ts';
import { quoted } from '../../platform/files/csv.ts';
import { attributionPaths } from '../../sql/views/marts/attribution/attribution_paths.ts';
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import { seeded } from '../sample/prng.ts';
import { textTable } from '../text-table.ts';
import { refuseForeign, writeOwn } from '../written-files.ts';

const FEWEST_DRAWS = 40;

/**
 * Columns that distinguish rows of one path in our own export. Such rows count the same people, so
 * they are never added up.
 */
const NEVER_ADDED: string[] = attributionPaths.contract.grain.filter((column) => column !== 'path');

/**
 * Credit of one channel under one model, as `--json` prints it; `value` is null if the file has no
 * values.
 */
type Row = {
  model: string;
  channel: string;
  conversions: number;
  value: number | null;
} & Partial<Interval>;

function modelsOf(text: string): string[] {
  const models = [...new Set(text.split(',').map((name) => name.trim()))];
  const refused = models.map(refusalOf).filter((reason) => reason !== undefined);
  if (refused.length) throw new UsageError(refused.join('\n'));
  return models;
}

function wholeNumber(call: Call, name: string, least: number): number | undefined {
  const text = call.text(name);
  if (text !== undefined && !(/^\d+$/.test(text) && Number(text) >= least))
    throw new UsageError(`--${name} must be a whole number of at least ${least}, not ${text}`);
  return text === undefined ? undefined : Number(text);
}

function readText(call: Call, file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found || found.isDirectory()) throw new Fault('not_found', `there is no file ${file}`);
  const { text, encoding } = decodeText(readFileSync(file));
  if (text.includes('\0'))
    throw new Fault('bad_input', `${file} is not text; save it as CSV UTF-8`);
  if (encoding !== 'UTF-8') call.say(`${file} is read as ${encoding}.`);
  return text;
}

function onlyOf(text: string): Only {
  const [, column, value] = /^(.+?)=(.*)$/s.exec(text) ?? [];
  if (column === undefined) throw new UsageError(`--only must be COLUMN=VALUE, not ${text}`);
  return { column: column.trim(), value: value!.trim() };
}

function readFile(call: Call, file: string): PathFile {
  const decimal = call.text('decimal');
  if (decimal !== undefined && decimal !== '.' && decimal !== ',')
    throw new UsageError(`--decimal must be . or , not ${decimal}`);
  const separator = call.text('separator');
  if (separator === '')
    throw new UsageError("--separator must be the text between channels, such as ' > '");
  const columns = Object.fromEntries(
    ['path', 'conversions', 'value', 'null'].flatMap((what) => {
      const name = call.text(`${what}-column`);
      return name === undefined ? [] : [[what, name]];
    }),
  );
  const only = call.texts('only').map(onlyOf);
  return readPathFile(readText(call, file), columns, {
    separator,
    decimal,
    only,
    neverAdded: NEVER_ADDED,
  });
}

function rowsOf(
  { paths, has_value }: PathFile,
  models: string[],
  draws: number | undefined,
  seed: number,
): Row[] {
  return models.flatMap((model) => {
    const bounds =
      draws === undefined ? undefined : shareIntervals(paths, model, draws, seeded(seed).next);
    return credit(paths, model).map(({ channel, conversions, value }) => ({
      model,
      channel,
      conversions,
      value: has_value ? value : null,
      ...bounds?.get(channel),
    }));
  });
}

/** Channel × model, sorted by credit under the first model. */
function table(
  models: string[],
  rows: Row[],
  cellOf: (row: Row) => unknown,
  withSpread: boolean,
): string {
  const cells = new Map(rows.map((row) => [`${row.model} ${row.channel}`, row]));
  const of = (model: string) => rows.filter((row) => row.model === model);
  const spread = rankSpread(
    models.map((model) => new Map(of(model).map((row) => [row.channel, row.conversions]))),
  );
  const channels = of(models[0]!)
    .toSorted((a, b) => b.conversions - a.conversions)
    .map(({ channel }) => channel);
  const lines = channels.map((channel) => ({
    channel,
    ...Object.fromEntries(
      models.map((model) => [model, cellOf(cells.get(`${model} ${channel}`)!)]),
    ),
    ...(withSpread ? { rank_spread: spread.get(channel) } : {}),
  }));
  return textTable(['channel', ...models, ...(withSpread ? ['rank_spread'] : [])], lines);
}

const percent = (share: number | undefined) =>
  share === undefined ? '' : (share * 100).toFixed(1);

function textOf(
  { has_value }: PathFile,
  models: string[],
  rows: Row[],
  hasBounds: boolean,
): string {
  const bounds = (row: Row) => `${percent(row.share_lo)}–${percent(row.share_hi)}`;
  return [
    `Conversions\n${table(models, rows, (row) => row.conversions, models.length > 1)}`,
    ...(has_value ? [`Value\n${table(models, rows, (row) => row.value, false)}`] : []),
    ...(hasBounds
      ? [`Share of conversions in %, 95 % interval\n${table(models, rows, bounds, false)}`]
      : []),
  ].join('\n\n');
}

function csvOf(rows: Row[]): string {
  const columns = ['model', 'channel', 'conversions', 'value', 'share_lo', 'share_hi'] as const;
  const present = columns.filter((column) => rows.some((row) => row[column] !== undefined));
  const lines = rows.map((row) =>
    present
      .map((column) =>
        typeof row[column] === 'string' ? quoted(row[column]) : (row[column] ?? ''),
      )
      .join(','),
  );
  return `${[present.join(','), ...lines].join('\r\n')}\r\n`;
}

function reportGaps(call: Call, { paths, has_null, notes }: PathFile, models: string[]): void {
  for (const note of notes) call.say(note);
  const untouched = paths.filter(({ channels }) => channels.length === 0);
  if (untouched.length > 0) {
    const lost = untouched.reduce((sum, { conversions }) => sum + conversions, 0);
    call.say(
      `Paths without a channel: ${untouched.length}; their ${lost} conversions are unattributed.`,
    );
  }
  if (!has_null && models.some((model) => model.startsWith('markov')))
    call.say(
      'The file has no column of non-converting paths (--null-column), so Markov sees only ' +
        'converting ones.',
    );
  if (paths.every(({ conversions }) => conversions === 0))
    call.say('Nothing converted, so nothing is credited.');
}

export async function attribute(call: Call): Promise<void> {
  const [file, ...rest] = call.positionals;
  if (!file || rest.length) throw new UsageError('attribute takes one CSV file');
  const models = modelsOf(call.text('models') ?? usualModels.join(','));
  const draws = wholeNumber(call, 'bootstrap', FEWEST_DRAWS);
  const seed = wholeNumber(call, 'seed', 0) ?? 1;
  const out = call.text('out');
  if (out !== undefined && resolve(out) === resolve(file))
    throw new UsageError('--out must be another file');
  if (out !== undefined) refuseForeign([out]);
  const read = readFile(call, file);
  reportGaps(call, read, models);
  const rows = rowsOf(read, models, draws, seed);
  if (out !== undefined) writeOwn(out, csvOf(rows));
  call.print(rows, textOf(read, models, rows, draws !== undefined));
}
