/**
 * Starts a night: its id is made of the mart set, the instant and the attempt (G5). One night runs
 * at a time.
 * Home of G5.
 */
import type { DestinationName } from '../../core/destinations.ts';
import { MINUTE } from '../../core/durations.ts';
import { Fault } from '../../core/faults.ts';
import { hash } from '../../core/hash.ts';
import { marts } from '../../sql/views/index.ts';
import { instanceId, type NightParams } from '../../warehouse/nights/night-params.ts';
import { claimNight, endNight, openNight } from '../../warehouse/nights/runs.ts';
import { destination } from './destinations.ts';
import type { Env } from './env.ts';

const runId = (as_of: number): string =>
  hash(JSON.stringify([marts.map(({ name }) => name).sort(), as_of])).slice(0, 16);

/** A night that gave no sign of life for longer than a step may take, pauses included, is over. */
const SILENCE_MS = 20 * MINUTE;
/** Between the claim and the first step nobody else may take a night for dead. */
const BIRTH_MS = MINUTE;
const STILL_GOING = ['queued', 'running', 'waiting', 'paused', 'waitingForPause'];

async function isGoing(env: Env, night: NightParams & { alive_at: number }): Promise<boolean> {
  const silence = Date.now() - night.alive_at;
  if (silence < BIRTH_MS) return true;
  if (silence > SILENCE_MS) return false;
  try {
    return STILL_GOING.includes((await (await env.NIGHT.get(instanceId(night))).status()).status);
  } catch {
    return false; // the ledger knows a night whose instance never came into being
  }
}

export type Started = { instance: string; run_id: string; as_of: number; was_running: boolean };

const started = (night: NightParams, was_running: boolean): Started => ({
  instance: instanceId(night),
  run_id: night.run_id,
  as_of: night.as_of,
  was_running,
});

/**
 * Starts a publish of everything true at `as_of`, or answers with the night that is under way where
 * that serves as well: it goes to the same places, and the asker takes any instant or this very
 * one. Throws `config` where a destination is not set up, `destination_busy` where the night under
 * way is another.
 */
export async function startNight(
  env: Env,
  to: DestinationName[],
  as_of: number,
  options: { anyInstant?: boolean } = {},
): Promise<Started> {
  for (const name of to) destination(env, name);
  for (;;) {
    const night = await claimNight(env.DB, { run_id: runId(as_of), as_of, to }, Date.now());
    if (night) {
      await env.NIGHT.create({ id: instanceId(night), params: night });
      return started(night, false);
    }
    const open = await openNight(env.DB);
    if (!open) continue; // it ended in between
    if (!(await isGoing(env, open))) {
      await endNight(env.DB, open, 'it broke off: nothing was heard of it any more', Date.now());
      continue;
    }
    if (to.every((name) => open.to.includes(name)) && (options.anyInstant || open.as_of === as_of))
      return started(open, true);
    const what = `a night true for ${new Date(open.as_of).toISOString()} to ${open.to.join(', ')}`;
    throw new Fault('destination_busy', `${what} is under way; ask again when it has ended`, {
      instance: instanceId(open),
    });
  }
}
