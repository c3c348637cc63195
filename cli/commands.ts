/**
 * Every command with its usage, summary and options. A command's module is loaded only when it is
 * called: help needs no runtime, a query no workerd, a server no DuckDB.
 */
import { pathModels, usualModels } from '../core/attribution/attribute.ts';
import { rowKinds } from '../core/facts/fields.ts';
import { lists } from '../core/lists.ts';
import type { Command } from './command.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

export const commands = new Map<string, Command>(
  Object.entries<Command>({
    start: {
      usage: '[--port N] [--empty | --sample]',
      summary:
        'Serves the house. A new house gets the sample season first; --empty opens one of your ' +
        'own.',
      options: { port: text, empty: flag, sample: flag },
      run: async (call) => (await import('./commands/start.ts')).start(call),
    },
    demo: {
      usage: '',
      summary: 'Loads the sample season into a temporary house, exports it and prints the tables.',
      options: {},
      run: async (call) => (await import('./commands/demo.ts')).demo(call),
    },
    import: {
      usage: `${rowKinds.join('|')} FILE.csv
      [--map MAP.json] [--dates D/M/YYYY] [--decimal ,]
      [--create-people] [--dry-run] [--observed-at ISO]
      | undo ID`,
      summary:
        'Imports a CSV file; an unknown column stops it before anything is written. undo takes ' +
        'back what one import brought.',
      options: {
        map: text,
        dates: text,
        decimal: text,
        'create-people': flag,
        'dry-run': flag,
        'observed-at': text,
      },
      run: async (call) => (await import('./commands/import.ts')).importFile(call),
    },
    export: {
      usage: '[--to files,sheets,bigquery] [--out DIR] [--as-of ISO]',
      summary: 'Publishes every table; by default to files in out/, with a workbook.',
      options: { to: text, out: text, 'as-of': text },
      run: async (call) => (await import('./commands/export.ts')).exportTables(call),
    },
    sql: {
      usage: '"<select>" [--out DIR]',
      summary: 'Queries the published tables of the last export.',
      options: { out: text },
      run: async (call) => (await import('./commands/sql.ts')).sql(call),
    },
    explain: {
      usage: "<table> '<key>' <column> [--rows N] [--sql] [--out DIR]",
      summary: 'Traces a published number to its meaning, its run, the rows behind it and its SQL.',
      options: { rows: text, sql: flag, out: text },
      run: async (call) => (await import('./commands/explain.ts')).explain(call),
    },
    show: {
      usage: '<name|email|phone|key> | dead-event ID | waiting KEY',
      summary: `Shows one person's history, status, score with its points, and next action;
      or an event in quarantine, or a fact that waits.`,
      options: {},
      run: async (call) => (await import('./commands/show.ts')).show(call),
    },
    list: {
      usage: `${lists.join('|')} [--status STATUS] [--limit N]`,
      summary:
        'Lists prospects by score, or the latest emails, calls, campaigns, imports and so on, ' +
        'one line each.',
      options: { status: text, limit: text },
      details: async () => (await import('./commands/list.ts')).statusLines(),
      run: async (call) => (await import('./commands/list.ts')).list(call),
    },
    digest: {
      usage: '[--week 2026-W20] [--out DIR]',
      summary:
        'Writes the weekly email as digest.html and digest.txt; by default for the last ' + 'week.',
      options: { week: text, out: text },
      run: async (call) => (await import('./commands/digest.ts')).digest(call),
    },
    status: {
      usage: '[--settings]',
      summary:
        'Shows what the house holds and how recent each destination is; --settings lists which ' +
        'settings are set.',
      options: { settings: flag },
      run: async (call) =>
        call.flag('settings')
          ? (await import('./commands/settings.ts')).listSettings(call)
          : (await import('./commands/status.ts')).status(call),
    },
    discard: {
      usage: 'KIND KEY | dead-event ID | waiting KEY',
      summary: 'Moves a fact into quarantine, where it no longer counts; or ends a wait.',
      options: {},
      run: async (call) => (await import('./commands/discard.ts')).discard(call),
    },
    replay: {
      usage: '[DEAD_ID]',
      summary: 'Reads the events in quarantine again, or only one; reports why others still fail.',
      options: {},
      run: async (call) => (await import('./commands/replay.ts')).replay(call),
    },
    sync: {
      usage: 'DOOR [--until-idle]',
      summary: 'Fetches from a provider now; --until-idle goes on until nothing is left.',
      options: { 'until-idle': flag },
      run: async (call) => (await import('./commands/sync.ts')).sync(call),
    },
    merge: {
      usage: 'undo ID',
      summary: 'Separates two people whom the house had merged; list merges shows the ids.',
      options: {},
      run: async (call) => (await import('./commands/merge.ts')).merge(call),
    },
    rebuild: {
      usage: '[--check]',
      summary: `Recomputes everything derived from the stored facts and corrects what differs;
      --check only compares.`,
      options: { check: flag },
      run: async (call) => (await import('./commands/rebuild.ts')).rebuild(call),
    },
    connect: {
      usage: 'google [--to sheets|bigquery]',
      summary: 'Checks the key, the spreadsheet and the dataset, each with a fix; read-only.',
      options: { to: text },
      run: async (call) => (await import('./commands/connect.ts')).connect(call),
    },
    attribute: {
      usage: `FILE.csv [--path-column NAME] [--conversions-column NAME] [--value-column NAME]
      [--null-column NAME] [--separator ' > '] [--only COLUMN=VALUE]… [--decimal ,]
      [--models ${usualModels.join(',')}]
      [--bootstrap N [--seed N]] [--out FILE.csv]`,
      summary: `Credits counted paths to channels, with the models side by side.
      Models: ${pathModels.join(', ')}.`,
      options: {
        'path-column': text,
        'conversions-column': text,
        'value-column': text,
        'null-column': text,
        separator: text,
        only: { type: 'string', multiple: true },
        models: text,
        decimal: text,
        bootstrap: text,
        seed: text,
        out: text,
      },
      run: async (call) => (await import('./commands/attribute.ts')).attribute(call),
    },
    looker: {
      usage: 'link --to sheets|bigquery | pages [--out DIR] | fields [TABLE]',
      summary: 'Opens a report on the published tables; draws its pages; explains its fields.',
      options: { to: text, out: text },
      run: async (call) => (await import('./commands/looker.ts')).looker(call),
    },
  }),
);
