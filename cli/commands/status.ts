/** `status`: the house in use, what it holds, and its last export. */
import type { Command } from '../command.ts';
import { withHouse } from '../house/open.ts';
import { readPublished } from '../published.ts';

type Status = { house: Record<string, unknown>; counts: Record<string, number>; facts_landed_after: number };

export const status: Command = {
  name: 'status',
  usage: '',
  summary: 'What the house holds, and for when the last export is true.',
  options: {},
  async run(call) {
    await withHouse(call.say, async (house) => {
      const { folder, out } = house.state;
      const published = readPublished(out, house.state.house.house_id);
      const answer = await house.call(`/api/status?after=${published?.as_of ?? 0}`);
      const found = (await answer.json()) as Status;
      const lastExport = published && { run_id: published.run_id, as_of: published.as_of, folder: out };
      const data = { state: folder, ...found, last_export: lastExport };
      call.print(
        data,
        [
          `house     ${house.state.house.house_id}${found.house.is_sample ? ' (Sample data)' : ''}`,
          `state     ${folder}`,
          ...Object.entries(found.counts).map(([name, count]) => `${name.padEnd(20)} ${String(count).padStart(9)}`),
          published
            ? `exported  ${new Date(published.as_of).toISOString()} to ${out}; ${found.facts_landed_after} facts are newer`
            : 'exported  never',
        ].join('\n'),
      );
    });
  },
};
