/** `digest`: the weekly email, as HTML and as text, from the last export. */
import { join, resolve } from 'node:path';
import { Fault } from '../../core/faults.ts';
import { subjectOf } from '../../core/pages/digest.ts';
import { digestHtml } from '../../core/pages/digest-html.ts';
import { digestText } from '../../core/pages/digest-text.ts';
import { type WeekRow, weekReport } from '../../core/pages/week.ts';
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import { openState } from '../house/state.ts';
import { needPublished } from '../published.ts';
import { readWeekRows } from '../published-tables.ts';
import { refuseForeign, writeOwn } from '../written-files.ts';

function weekOf(text: string | undefined): string | undefined {
  if (text === undefined || /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/.test(text)) return text;
  throw new UsageError(`--week must be an ISO week such as 2026-W20, not ${text}`);
}

/** The error for a week that the export does not have; it names the weeks that it has. */
function missing(week: string | undefined, rows: WeekRow[]): Fault {
  const weeks = [...new Set(rows.map((row) => row.week))].sort();
  if (!weeks.length)
    return new Fault('not_found', 'the last export has no week with any facts yet');
  return new Fault(
    'not_found',
    `the last export has no ${week}; it has ${weeks[0]} to ${weeks.at(-1)}`,
  );
}

export async function digest(call: Call): Promise<void> {
  if (call.positionals.length)
    throw new UsageError('digest takes no arguments; name the week with --week');
  const week = weekOf(call.text('week'));
  const state = openState();
  const published = needPublished(state);
  const { manifest } = published;
  const rows = readWeekRows(published.folder, manifest);
  const report = weekReport(rows, manifest, week);
  if (!report.week) throw missing(week, rows);
  const folder = resolve(call.text('out') ?? published.folder);
  const files = { html: join(folder, 'digest.html'), text: join(folder, 'digest.txt') };
  refuseForeign(Object.values(files));
  writeOwn(files.html, digestHtml(report, manifest.stale));
  writeOwn(files.text, digestText(report, manifest.stale));
  const subject = subjectOf(report);
  call.print({ week: report.week, subject, ...files }, `${subject}\n${files.html}\n${files.text}`);
}
