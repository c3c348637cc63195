/**
 * The fence: a hidden tab that every batch replaces. A batch deletes the fence that it was built
 * on, so once another batch has gone live, it is refused as a whole, however late it arrives
 * (docs/decisions/0005).
 */
import type { sheets_v4 } from '@googleapis/sheets';
import { Fault } from '../../core/faults.ts';
import { hash } from '../../core/hash.ts';
import type { Spreadsheet } from './api.ts';
import { look } from './look.ts';
import { FENCE_KEY, type Fence, type FenceMark, type State, stateOf } from './state.ts';

type Request = sheets_v4.Schema$Request;

/** How often a batch is retried if it is unknown whether it was applied. */
const REPEATS = 5;

export const overtaken = (): Fault =>
  new Fault(
    'overtaken',
    'another publish went live in the spreadsheet meanwhile, so nothing of this one is shown; ' +
      'there is nothing to do, unless this run should be shown: then export it again',
  );

/**
 * The title contains the id, so that a write to a replaced fence names a range that no longer
 * exists.
 */
export const fenceTitle = (fence: number): string => `signalhouse fence ${fence}`;

/**
 * A new id each time; the first id is fixed, so that of two first publishes only one can add its
 * fence.
 */
export function nextFence(state: State): Fence {
  const isFirst = state.stamp === null && state.fences.length === 0;
  let id = isFirst ? Number.parseInt(hash('the first fence').slice(0, 7), 16) : 0;
  while (id === 0 || state.order.includes(id))
    id = crypto.getRandomValues(new Uint32Array(1))[0]! >>> 1;
  return { sheet_id: id, token: crypto.randomUUID() };
}

/** Whether this very fence exists, not another publish's with the same id. */
export const hasFence = ({ fences }: State, { sheet_id, token }: Fence): boolean =>
  fences.some((fence) => fence.sheet_id === sheet_id && fence.token === token);

/** Deletes every known fence and adds the next one, hidden, with room for staged rows. */
export function replaceFence(
  state: State,
  next: Fence,
  houseId: string,
  grid: { rowCount: number; columnCount: number } = { rowCount: 1, columnCount: 1 },
): Request[] {
  const { sheet_id: sheetId } = next;
  const mark: FenceMark = { house_id: houseId, ...next };
  return [
    ...state.fences.map(({ sheet_id }) => ({ deleteSheet: { sheetId: sheet_id } })),
    {
      addSheet: {
        properties: { sheetId, title: fenceTitle(sheetId), hidden: true, gridProperties: grid },
      },
    },
    {
      createDeveloperMetadata: {
        developerMetadata: {
          metadataKey: FENCE_KEY,
          metadataValue: JSON.stringify(mark),
          visibility: 'DOCUMENT',
          location: { sheetId },
        },
      },
    },
  ];
}

/** Explains a refusal that people can fix, with the fix. */
function explained(fault: Fault, address: string): Fault {
  if (/protected (cell|range|sheet)/i.test(fault.message))
    return new Fault(
      'destination_refused',
      `someone protected a range among our columns; let ${address} edit it (Data → Protect ` +
        'sheets and ranges), or remove the protection',
    );
  if (/number of cells in the workbook|limit of 10000000/i.test(fault.message))
    return new Fault(
      'destination_refused',
      'the spreadsheet has 10,000,000 cells, the most that Google allows: delete empty rows, ' +
        'columns and unused tabs, or publish to another spreadsheet',
    );
  return fault;
}

/**
 * Whether the fences that a batch was built on still exist, and there was no first publish
 * meanwhile.
 */
const isUntouched = (before: State, now: State): boolean =>
  before.fences.every((fence) => hasFence(now, fence)) &&
  (before.stamp !== null || now.stamp === null) &&
  (before.fences.length > 0 || now.fences.length === 0);

/**
 * Sends a batch that replaces the fences of `before` by `next`, until it is certainly applied.
 * Throws `overtaken` if another publish went live first: then nothing of this batch was or will be
 * applied.
 */
export async function commit(
  place: Spreadsheet,
  houseId: string,
  before: State,
  next: Fence,
  body: string,
) {
  for (let nth = 0; ; nth += 1) {
    try {
      return await place.update(body);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const isAmbiguous = error.details?.ambiguous === true;
      if (!isAmbiguous && error.details?.status !== 400) throw explained(error, place.address);
      const now = stateOf(await place.state(), houseId);
      if (hasFence(now, next)) return;
      if (!isUntouched(before, now)) throw overtaken();
      if (!isAmbiguous) throw explained(error, place.address);
      if (nth >= REPEATS) throw error;
      await place.pause(nth);
    }
  }
}

/**
 * The state with a fence, which is added if someone deleted it: without one, a late batch would not
 * be refused.
 */
export async function withFence(place: Spreadsheet, houseId: string, state: State): Promise<State> {
  if (state.fences.length > 0 || state.stamp === null) return state;
  const next = nextFence(state);
  await commit(
    place,
    houseId,
    state,
    next,
    JSON.stringify({ requests: replaceFence(state, next, houseId) }),
  );
  return look(place, houseId);
}
