/** `import undo`: takes back what one import brought, request by request. */
import type { Undone } from '../../warehouse/imports/undo.ts';
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import { withHouse } from '../house/open.ts';

const counted = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;

function undoText(id: string, { removed, kept, people }: Undone): string {
  if (removed + kept === 0) return `Nothing of import ${id} was left to undo.`;
  const gone = people > 0 ? `, and ${counted(people, 'person is', 'people are')} gone` : '';
  return [
    `Import ${id} is undone: ${counted(removed, 'fact was', 'facts were')} removed${gone}.`,
    ...(kept > 0
      ? [`${counted(kept, 'fact stays', 'facts stay')}: another import states the same.`]
      : []),
  ].join('\n');
}

export async function undo(call: Call, [id, ...rest]: string[]): Promise<void> {
  if (!id || !/^[1-9]\d*$/.test(id) || rest.length > 0)
    throw new UsageError('import undo takes the id of an import; list imports shows them');
  await withHouse(call.say, async (house) => {
    const all: Undone = { is_undone: false, removed: 0, kept: 0, people: 0 };
    while (!all.is_undone) {
      const answer = await house.call(`/api/imports/${id}/undo`, { method: 'POST' });
      const { is_undone, removed, kept, people } = (await answer.json()) as Undone;
      all.is_undone = is_undone;
      all.removed += removed;
      all.kept += kept;
      all.people += people;
    }
    call.print(all, undoText(id, all));
  });
}
