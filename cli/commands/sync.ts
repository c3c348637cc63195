/** `sync`: runs a door's poll now, and with --until-idle again until nothing is left. */
import { setTimeout } from 'node:timers/promises';
import { MINUTE, SECOND } from '../../core/durations.ts';
import { Fault } from '../../core/faults.ts';
import type { PollReport } from '../../workers/ingest/polls/run.ts';
import type { Call } from '../command.ts';
import type { HouseCall } from '../house/call.ts';
import { withHouse } from '../house/open.ts';

/** A provider that asks for more patience than that is left to the schedule. */
const LONGEST_WAIT_MS = 5 * MINUTE;

export async function sync(call: Call): Promise<void> {
  const [door] = call.positionals;
  if (door === undefined) throw new Fault('bad_input', 'name a door; status lists them');
  await withHouse(call.say, async (house) => {
    const totals = new Map<string, PollReport>();
    for (;;) {
      const reports = await runOnce(house.call, door);
      for (const report of reports) add(totals, report);
      if (!call.flag('until-idle') || reports.every(({ is_idle }) => is_idle)) break;
      await wait(reports, call.say);
      call.say([...totals.values()].map(line).join('; '));
    }
    const accounts = [...totals.values()];
    call.print({ door, accounts }, accounts.map(line).join('\n'));
  });
}

async function runOnce(house: HouseCall, door: string): Promise<PollReport[]> {
  const path = `/import/polls/${encodeURIComponent(door)}`;
  const answer = await house(path, { method: 'POST' });
  return ((await answer.json()) as { accounts: PollReport[] }).accounts;
}

function add(totals: Map<string, PollReport>, report: PollReport): void {
  const { events = 0, facts = 0 } = totals.get(report.account) ?? {};
  totals.set(report.account, {
    ...report,
    events: events + report.events,
    facts: facts + report.facts,
  });
}

/** Waits as long as a provider asks for. Throws what waiting does not mend. */
async function wait(reports: PollReport[], say: Call['say']): Promise<void> {
  const stuck = reports.find(({ failure, wait_until }) => failure !== null && wait_until === null);
  if (stuck) throw new Fault('source_refused', line(stuck));
  const until = Math.max(0, ...reports.map(({ wait_until }) => wait_until ?? 0));
  const pause = until - Date.now();
  if (pause <= 0) return;
  if (pause > LONGEST_WAIT_MS)
    throw new Fault('source_busy', `ask again after ${new Date(until).toISOString()}`);
  say(`waiting ${Math.ceil(pause / SECOND)} s, as the provider asks`);
  await setTimeout(pause);
}

function line({ account, events, facts, is_idle, failure }: PollReport): string {
  const state = failure ?? (is_idle ? 'nothing is left' : 'more is left');
  return `${account ? `${account}: ` : ''}${events} events, ${facts} facts; ${state}`;
}
