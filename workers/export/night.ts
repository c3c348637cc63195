/** The night: refresh what is derived, check the laws, render every mart, publish to each destination, verify, close. */
import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from 'cloudflare:workers';
import { NonRetryableError } from 'cloudflare:workflows';
import { Fault } from '../../core/faults.ts';
import { rulesVersion } from '../../core/rules/config.ts';
import { now } from '../../platform/clock.ts';
import { parseConfig } from '../../platform/config.ts';
import { ensureHouse, readHouse } from '../../platform/d1/house.ts';
import { refreshAll } from '../../platform/d1/refresh.ts';
import type { DestinationName } from '../../platform/destination.ts';
import { rememberTabs } from '../../platform/sheets/tabs.ts';
import { marts } from '../../sql/views/index.ts';
import { destination } from './destinations.ts';
import type { Env, NightParams } from './env.ts';
import { checkLaws } from './laws.ts';
import { closeLoads, endRun, failOpenLoads, openLoads, openRun } from './ledger.ts';
import { discardRendered, type Rendered, renderMart, tableOf } from './render.ts';

const RETRIES = {
  retries: { limit: 4, delay: '5 seconds', backoff: 'exponential' },
  timeout: '15 minutes',
} as const;

/** A fault that no retry can mend ends the step at once; its code stands in the message. */
async function step<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Fault && !error.retry)
      throw new NonRetryableError(`${error.code}: ${error.message}`, error.code);
    throw error;
  }
}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^(NonRetryableError|[a-z_]+): (?=[a-z_]+: )/, '');

export class Night extends WorkflowEntrypoint<Env, NightParams> {
  override async run(event: WorkflowEvent<NightParams>, steps: WorkflowStep): Promise<{ published: string[] }> {
    const night = event.payload;
    const { DB } = this.env;
    const end = (reason: string | null) =>
      steps.do('close', RETRIES, async () => {
        await discardRendered(this.env, night);
        await endRun(DB, night, reason, Date.now());
      });
    try {
      await steps.do('open', RETRIES, () => step(() => this.open(night)));
      await steps.do('refresh', RETRIES, () => step(() => refreshAll(DB, now(parseConfig(this.env)))));
      await steps.do('check', RETRIES, () => step(() => checkLaws(this.env, night)));
      const rendered = await this.render(night, steps);
      const failed: string[] = [];
      for (const name of night.to) {
        const publish = () => step(() => this.publish(night, name, rendered[name]!));
        await steps.do(`publish ${name}`, RETRIES, publish).catch(async (error) => {
          failed.push(`${name}: ${reasonOf(error)}`);
          await steps.do(`give up ${name}`, RETRIES, () => failOpenLoads(DB, night, name, Date.now()));
        });
      }
      if (failed.length > 0) throw new Error(failed.join('\n'));
    } catch (error) {
      await end(reasonOf(error));
      throw error;
    }
    await end(null);
    return { published: night.to };
  }

  /** The laws read the calendar that opening the house seeds, so a house that nobody has used yet is opened here. */
  private async open(night: NightParams): Promise<void> {
    await ensureHouse(this.env.DB, parseConfig(this.env));
    await openRun(this.env.DB, night, Date.now());
  }

  /** What each destination carries, rendered once where it carries everything. */
  private async render(night: NightParams, steps: WorkflowStep): Promise<Record<string, Rendered[]>> {
    const rendered: Record<string, Rendered[]> = Object.fromEntries(night.to.map((name) => [name, []]));
    const places = night.to.map((name) => destination(this.env, name));
    for (const { name: mart, contract } of marts) {
      let whole: Rendered | undefined;
      for (const place of places.filter((candidate) => candidate.carries(contract))) {
        const condition = place.condition?.(contract);
        const part = condition ? { name: place.name, condition } : null;
        const made = () =>
          steps.do(`render ${mart}${part ? ` for ${part.name}` : ''}`, RETRIES, () =>
            step(() => renderMart(this.env, night, contract, part)),
          );
        const mine: Rendered = part ? await made() : (whole ?? (await made()));
        if (!part) whole = mine;
        rendered[place.name]!.push(mine);
      }
    }
    return rendered;
  }

  /** Publishes and closes the loads that read back equal. Throws `destination_refused` where one does not. */
  private async publish(night: NightParams, name: DestinationName, rendered: Rendered[]): Promise<{ loads: number }> {
    const { DB } = this.env;
    const house = (await readHouse(DB))!;
    const ids = await openLoads(DB, night, house.house_id, name, rendered, Date.now());
    const contracts = new Map(marts.map((mart) => [mart.name, mart.contract]));
    const tables = rendered.map((mart) => tableOf(this.env, contracts.get(mart.mart)!, mart, ids.get(mart.mart)!));
    const { run_id, attempt, as_of } = night;
    const { house_id, is_sample } = house;
    const run = { house_id, is_sample: is_sample === 1, run_id, attempt, as_of, rules_version: rulesVersion };
    const written = await destination(this.env, name).publish(run, tables);
    if (name === 'sheets') await rememberTabs(this.env.STORAGE, written);
    const differ = await closeLoads(DB, written, rendered, Date.now());
    if (differ.length > 0)
      throw new Fault('destination_refused', `${name} does not give back what was written: ${differ.join(', ')}`);
    return { loads: written.length };
  }
}
