/**
 * A house that answers: the one that `npm start` serves, else one opened for this command and
 * closed after it.
 */
import { join } from 'node:path';
import type { Miniflare } from 'miniflare';
import { callerOf, type HouseCall } from './call.ts';
import { closeDoors, openDoors } from './inbox.ts';
import { lockState } from './lock.ts';
import { endOrphans } from './orphans.ts';
import { keepPrivate } from './private.ts';
import { findRuntime, openState, type State } from './state.ts';

export type HouseClient = {
  url: URL;
  state: State;
  call: HouseCall;
  close(): Promise<void>;
};

export type OpenHouse = HouseClient & { runtime: Miniflare; db: D1Database };

/**
 * Starts the runtime on this state, migrated and with its `house` row; holds the state's lock until
 * closed.
 */
export async function openHouse(
  state: State,
  say: (line: string) => void,
  port = 0,
): Promise<OpenHouse> {
  // A command that finds the house served needs none of these, and they take seconds to load.
  const { ensureHouse } = await import('../../warehouse/house.ts');
  const { idleNames, parseSettings, settingsOf } = await import('./settings.ts');
  const { startRuntime } = await import('./runtime.ts');
  const unlock = await lockState(state, say);
  const persist = join(state.folder, 'data');
  try {
    await endOrphans(persist);
    keepPrivate(state.folder);
    const env = settingsOf(state);
    const config = parseSettings(env);
    idleNames().forEach(say);
    const runtime = await startRuntime({ persist, env, port });
    const db = (await runtime.getD1Database('DB', 'signalhouse-api')) as unknown as D1Database;
    await ensureHouse(db, config);
    const url = await runtime.ready;
    const call = callerOf(url, state);
    await openDoors(call, say);
    const close = async () => {
      await closeDoors(call, say);
      await runtime.dispose();
      unlock();
    };
    return { runtime, db, url, state, call, close };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Runs `work` on the house in use, wherever it answers. */
export async function withHouse<T>(
  say: (line: string) => void,
  work: (house: HouseClient) => Promise<T>,
): Promise<T> {
  const state = openState();
  const running = await findRuntime(state);
  if (running) {
    const url = new URL(running.url);
    return work({ url, state, call: callerOf(url, state), close: async () => {} });
  }
  const house = await openHouse(state, say);
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}
