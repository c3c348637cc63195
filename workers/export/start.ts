/** Starts a night: its id is made of the mart set, the instant and the attempt (G5). */
import { hash } from '../../core/hash.ts';
import { now } from '../../platform/clock.ts';
import { parseConfig } from '../../platform/config.ts';
import type { DestinationName } from '../../platform/destination.ts';
import { marts } from '../../sql/views/index.ts';
import { destination } from './destinations.ts';
import type { Env, NightParams } from './env.ts';
import { lastAttempt, openRun } from './ledger.ts';

export const runId = (as_of: number): string =>
  hash(JSON.stringify([marts.map(({ name }) => name).sort(), as_of])).slice(0, 16);

export const instanceId = ({ run_id, attempt }: Pick<NightParams, 'run_id' | 'attempt'>): string =>
  `${run_id}-${attempt}`;

const STILL_GOING = ['queued', 'running', 'waiting', 'paused', 'waitingForPause'];

async function isGoing(env: Env, instance: string): Promise<boolean> {
  try {
    return STILL_GOING.includes((await (await env.NIGHT.get(instance)).status()).status);
  } catch {
    return false; // the ledger knows an attempt whose instance never came into being
  }
}

/** Starts a publish of everything true at `as_of`, or answers the one that is under way. Throws `config` at once. */
export async function startNight(
  env: Env,
  to: DestinationName[],
  as_of: number,
): Promise<{ instance: string; run_id: string }> {
  for (const name of to) destination(env, name);
  const run_id = runId(as_of);
  const last = await lastAttempt(env.DB, run_id);
  if (last && last.status === 'open' && (await isGoing(env, instanceId({ run_id, attempt: last.attempt }))))
    return { instance: instanceId({ run_id, attempt: last.attempt }), run_id };
  const params = { run_id, attempt: (last?.attempt ?? 0) + 1, as_of, to };
  await openRun(env.DB, params, now(parseConfig(env)));
  const instance = instanceId(params);
  await env.NIGHT.create({ id: instance, params });
  return { instance, run_id };
}
