/** `list`: prospects, emails, calls, campaigns or dead events, one line each. */
import type { Command } from '../command.ts';
import { UsageError } from '../exit.ts';
import { withHouse } from '../house/open.ts';
import { readableRows } from '../text-cell.ts';
import { textTable } from '../text-table.ts';

const LISTS = ['prospects', 'emails', 'calls', 'campaigns', 'dead-events'];
const USUAL_LIMIT = '50';

export const list: Command = {
  name: 'list',
  usage: `${LISTS.join('|')} [--status STATUS] [--limit N]`,
  summary:
    'Prospects with sent, opened, clicked, called, duration, outcome and next step; emails; calls; campaigns; dead events.',
  options: { status: { type: 'string' }, limit: { type: 'string' } },
  async run(call) {
    const [what, ...rest] = call.positionals;
    if (!what || !LISTS.includes(what) || rest.length) throw new UsageError(`list takes one of ${LISTS.join(', ')}`);
    const limit = call.text('limit') ?? USUAL_LIMIT;
    if (!/^[1-9]\d*$/.test(limit)) throw new UsageError(`--limit takes a whole number from 1; not ${limit}`);
    const status = call.text('status');
    const query = new URLSearchParams({ limit, ...(status === undefined ? {} : { status }) });
    await withHouse(call.say, async (house) => {
      const answer = await house.call(`/api/list/${what}?${query}`);
      const { rows } = (await answer.json()) as { rows: Record<string, unknown>[] };
      const readable = readableRows(rows);
      call.print(rows, textTable(readable.columns, readable.rows));
    });
  },
};
