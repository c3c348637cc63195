/** `list`: one line each of people, what happened, what was imported and what waits. */

import { campaignStatuses, fieldsOf, rowKinds } from '../../core/facts/fields.ts';
import { mailStatuses } from '../../core/facts/mail-status.ts';
import { thingKinds } from '../../core/facts/thing-kinds.ts';
import { faults } from '../../core/faults.ts';
import { type List, lists } from '../../core/lists.ts';
import { lifecycleStatuses } from '../../core/status/lifecycle.ts';
import { salesStages } from '../../core/status/pipeline.ts';
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import { withHouse } from '../house/open.ts';
import { readableRows } from '../text-cell.ts';
import { columnsThatFit, textTable } from '../text-table.ts';

/** The values of `--status` for each list. */
const STATUSES: Record<List, readonly (string | number)[]> = {
  prospects: [...lifecycleStatuses, ...salesStages],
  emails: mailStatuses,
  calls: [
    'pending',
    'completed',
    'cancelled',
    ...fieldsOf.calls.class!.choices!,
    ...fieldsOf.calls.outcome!.choices!,
  ],
  campaigns: campaignStatuses,
  sequences: fieldsOf.sequences.channel!.choices!,
  imports: rowKinds,
  merges: ['merged', 'undone'],
  waiting: [...thingKinds, 'email_event'],
  'dead-events': [...new Set(['waiting', 'replayed', 'discarded', ...Object.keys(faults)])],
};
const USUAL_LIMIT = '50';

/** Keys that people copy into the next command. */
const KEYS = ['campaign', 'merge_id', 'dead_id', 'waiting_key', 'contact_key'];

/** One line per row, with the key last; columns that do not fit are left out and named below. */
function listText(rows: Record<string, unknown>[]): string {
  const { columns, rows: readable } = readableRows(rows);
  const key = KEYS.findLast((name) => columns.includes(name));
  const isOther = (name: string) => name !== key && /_(key|id)$/.test(name);
  const rank = (name: string) => (name === key ? 2 : isOther(name) ? 1 : 0);
  const ordered = columns.toSorted((a, b) => rank(a) - rank(b));
  const chosen = columnsThatFit(ordered, readable, (name) => name === key);
  const left = ordered.filter((name) => !chosen.includes(name));
  const more = left.length > 0 ? [`Not shown, for lack of width: ${left.join(', ')} (--json)`] : [];
  return [textTable(chosen, readable), ...more].join('\n');
}

/** Each list with its statuses. */
export const statusLines = (): string =>
  lists.map((name) => `${name}: ${STATUSES[name].join(', ')}`).join('\n');

export async function list(call: Call): Promise<void> {
  const [what, ...rest] = call.positionals;
  const name = lists.find((candidate) => candidate === what);
  if (!name || rest.length) throw new UsageError(`list takes one of ${lists.join(', ')}`);
  const limit = call.text('limit') ?? USUAL_LIMIT;
  if (!/^[1-9]\d*$/.test(limit))
    throw new UsageError(`--limit must be a whole number of at least 1, not ${limit}`);
  const status = call.text('status');
  const known = STATUSES[name];
  if (status !== undefined && !known.includes(status))
    throw new UsageError(`${what} have no status ${status}; choose one of ${known.join(', ')}`);
  const query = new URLSearchParams({ limit, ...(status === undefined ? {} : { status }) });
  await withHouse(call.say, async (house) => {
    const answer = await house.call(`/api/list/${what}?${query}`);
    const { rows } = (await answer.json()) as { rows: Record<string, unknown>[] };
    const none = `No ${what}${status === undefined ? '' : ` with the status ${status}`}.`;
    call.print(rows, rows.length > 0 ? listText(rows) : none);
  });
}
