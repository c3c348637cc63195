/**
 * `demo`: the first run of `start` in a temporary house that is closed again; asks nothing, leaves
 * nothing running.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Call } from '../command.ts';
import { openWithSample } from '../first-season.ts';
import { openHouse } from '../house/open.ts';
import { openState } from '../house/state.ts';
import { published, workbookOf } from './start.ts';

export async function demo(call: Call): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'signalhouse-demo-'));
  const state = openState(root);
  const house = await openHouse(state, call.say);
  await openWithSample(house, call.say).finally(() => house.close());
  const around = `To look around: SIGNALHOUSE_STATE=${root} npm start`;
  call.print({ state: root, workbook: workbookOf(state) }, `${published(state)}\n${around}`);
}
