/** `list`: prospects, emails, calls, campaigns or dead events, one line each. */
import { eventTypes } from '../../core/facts/fact.ts';
import { campaignStatuses, fieldsOf } from '../../core/facts/fields.ts';
import { faults } from '../../core/faults.ts';
import { lifecycleStatuses } from '../../core/status/lifecycle.ts';
import { salesStages } from '../../core/status/pipeline.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../exit.ts';
import { withHouse } from '../house/open.ts';
import { readableRows } from '../text-cell.ts';
import { textTable } from '../text-table.ts';

/** A mail is told by how far it came; these two events bring it nowhere. */
const mailStatuses = eventTypes.filter(
  (type) => type !== 'delivery_delayed' && type !== 'suppressed',
);

/** Each list with what `--status` takes there. */
const STATUSES = new Map<string, readonly (string | number)[]>([
  ['prospects', [...lifecycleStatuses, ...salesStages]],
  ['emails', mailStatuses],
  ['calls', [...fieldsOf.calls.class!.choices!, ...fieldsOf.calls.outcome!.choices!]],
  ['campaigns', campaignStatuses],
  ['dead-events', Object.keys(faults)],
]);
const LISTS = [...STATUSES.keys()];
const USUAL_LIMIT = '50';

export const list: Command = {
  name: 'list',
  usage: `${LISTS.join('|')} [--status STATUS] [--limit N]`,
  summary:
    'Prospects with sent, opened, clicked, called, duration, outcome and next action; emails; calls; campaigns; dead events.',
  options: { status: { type: 'string' }, limit: { type: 'string' } },
  async run(call) {
    const [what, ...rest] = call.positionals;
    if (!what || !LISTS.includes(what) || rest.length)
      throw new UsageError(`list takes one of ${LISTS.join(', ')}`);
    const limit = call.text('limit') ?? USUAL_LIMIT;
    if (!/^[1-9]\d*$/.test(limit))
      throw new UsageError(`--limit takes a whole number from 1; not ${limit}`);
    const status = call.text('status');
    const known = STATUSES.get(what)!;
    if (status !== undefined && !known.includes(status))
      throw new UsageError(`${what} have no status ${status}; there are ${known.join(', ')}`);
    const query = new URLSearchParams({ limit, ...(status === undefined ? {} : { status }) });
    await withHouse(call.say, async (house) => {
      const answer = await house.call(`/api/list/${what}?${query}`);
      const { rows } = (await answer.json()) as { rows: Record<string, unknown>[] };
      const readable = readableRows(rows);
      const none = `No ${what}${status === undefined ? '' : ` with the status ${status}`}.`;
      call.print(rows, rows.length > 0 ? textTable(readable.columns, readable.rows) : none);
    });
  },
};
