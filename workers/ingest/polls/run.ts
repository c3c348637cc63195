/** One run of a poll: page by page, until nothing is left or the budget is used up. */
import { now } from '../../../core/clock.ts';
import { Fault } from '../../../core/faults.ts';
import { keepCursor, notePoll, type PollOutcome, readPoll } from '../../../warehouse/polls.ts';
import type { Door, Poll } from '../doors/door.ts';
import { secretsOf } from '../doors/secrets.ts';
import { type Env, parseConfig } from '../env.ts';
import { takeEvents } from '../take.ts';
import { OutOfBudget, Requests } from './requests.ts';

/** What one run did for one account. */
export type PollReport = PollOutcome & { account: string; events: number; facts: number };

/** Of a door that serves one account only. */
const ONLY = '';

/** Runs the poll of a door for each of its accounts. Throws `config` where the door is off. */
export async function runPoll(env: Env, door: Door): Promise<PollReport[]> {
  const { poll } = door;
  if (!poll) throw new Fault('not_found', `${door.name} is not polled`);
  const accounts = door.accounts?.(secretsOf(door, env)) ?? [ONLY];
  const reports: PollReport[] = [];
  for (const account of accounts) reports.push(await runAccount(env, door, poll, account));
  return reports;
}

async function runAccount(
  env: Env,
  door: Door,
  poll: Poll<Door['secrets'], unknown>,
  account: string,
): Promise<PollReport> {
  const clock = () => now(parseConfig(env));
  const known = await readPoll(env.DB, door.name, account);
  const report: PollReport = {
    account,
    events: 0,
    facts: 0,
    is_idle: false,
    failure: known?.failure ?? null,
    wait_until: known?.wait_until ?? null,
  };
  if (report.wait_until !== null && report.wait_until > clock()) return report;
  const outcome = await pages(env, door, poll, report, known?.cursor ?? null);
  await notePoll(env.DB, door.name, account, clock(), outcome);
  return Object.assign(report, outcome);
}

/**
 * The facts of a page are durable before its cursor is kept: a crash in between fetches the page
 * again, and its facts count once (F1).
 */
async function pages(
  env: Env,
  door: Door,
  poll: Poll<Door['secrets'], unknown>,
  report: PollReport,
  from: string | null,
): Promise<PollOutcome> {
  const secrets = secretsOf(door, env);
  const clock = () => now(parseConfig(env));
  const requests = new Requests(poll.budget(secrets), clock);
  const { account } = report;
  const done = { is_idle: false, failure: null, wait_until: null };
  let before = from;
  try {
    while (requests.left > 0) {
      const cursor = before === null ? null : JSON.parse(before);
      const context = { account, now: clock(), requests, db: env.DB };
      const step = await poll.next(cursor, context, secrets);
      report.events += step.events.length;
      report.facts += await takeEvents(env, door, step.events, clock());
      const after = JSON.stringify(step.cursor);
      const move = { door: door.name, account, before, after };
      const isOurs = after === before || (await keepCursor(env.DB, move));
      if (step.isIdle) return { ...done, is_idle: true };
      // Another run has gone on from here meanwhile.
      if (!isOurs) return done;
      before = after;
    }
    return done;
  } catch (error) {
    if (error instanceof OutOfBudget) return done;
    if (!(error instanceof Fault)) throw error;
    const { wait_until } = error.details;
    return {
      is_idle: false,
      failure: error.message,
      wait_until: typeof wait_until === 'number' ? wait_until : null,
    };
  }
}
