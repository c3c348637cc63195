/** `export`: publishes now, to files and, if it is configured, to Google. */
import { resolve } from 'node:path';
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import { withHouse } from '../house/open.ts';
import { type Load, runNight } from '../night.ts';
import { textTable } from '../text-table.ts';

const DESTINATIONS = ['files', 'sheets', 'bigquery'];

function destinations(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  const wrong = names.filter((name) => !DESTINATIONS.includes(name));
  if (wrong.length)
    throw new UsageError(`--to takes ${DESTINATIONS.join(', ')}, not ${wrong.join(', ')}`);
  return names;
}

function instant(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms))
    throw new UsageError(
      `--as-of must be an ISO instant such as 2026-11-16T02:00:00Z, not ${text}`,
    );
  return ms;
}

/**
 * What people should know about a destination, such as an edit that was reverted or a tab that was
 * recreated.
 */
const notesOf = (loads: Load[]): string[] =>
  loads.flatMap(
    ({ destination, note }) =>
      note?.split('\n').map((line) => `note      ${destination}: ${line}`) ?? [],
  );

export async function exportTables(call: Call): Promise<void> {
  const to = destinations(call.text('to') ?? 'files');
  const asOf = instant(call.text('as-of'));
  await withHouse(call.say, async (house) => {
    const folder = resolve(call.text('out') ?? house.state.out);
    const night = await runNight(house, { to, folder, asOf }, call.say);
    const { instance, run_id, workbook, loads } = night;
    const marts =
      night.manifest?.marts.map(({ name, rows, checksum }) => ({ name, rows, checksum })) ?? [];
    call.print(
      { instance, run_id, to, marts, workbook, loads },
      [
        ...(marts.length ? [textTable(['name', 'rows'], marts), `workbook  ${workbook}`] : []),
        ...notesOf(loads),
        `run       ${run_id}, published to ${to.join(', ')} and verified`,
      ].join('\n'),
    );
  });
}
