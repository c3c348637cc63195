/**
 * The night: refresh what is derived, store the marts, run the checks, render and publish every
 * mart, verify, close.
 */
import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from 'cloudflare:workers';
import { NonRetryableError } from 'cloudflare:workflows';
import { now } from '../../core/clock.ts';
import type { DestinationName } from '../../core/destinations.ts';
import { Fault } from '../../core/faults.ts';
import { refreshAll } from '../../warehouse/derive/refresh.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { inWords, noteWithheld, runChecks } from '../../warehouse/nights/checks.ts';
import {
  closeLoads,
  failOpenLoads,
  type LoadIds,
  verifyLoads,
} from '../../warehouse/nights/loads.ts';
import { learnModels } from '../../warehouse/nights/model-results.ts';
import type { NightParams } from '../../warehouse/nights/night-params.ts';
import { endNight, keepAlive } from '../../warehouse/nights/runs.ts';
import { d1Message } from '../../warehouse/statement.ts';
import { forgetNightMarts, storeNightMarts } from '../../warehouse/stored/night-marts.ts';
import { type Env, parseConfig } from './env.ts';
import { keepPublished } from './kept.ts';
import { markStale, publishTo } from './publish.ts';
import { discardRendered, type Rendered, renderMart } from './render.ts';
import { type Rendering, renderings } from './renderings.ts';
import { recordRestatements } from './restate.ts';

const RETRIES = {
  retries: { limit: 4, delay: '5 seconds', backoff: 'exponential' },
  timeout: '15 minutes',
} as const;

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(
    /^(NonRetryableError|Error): /,
    '',
  );

export class Night extends WorkflowEntrypoint<Env, NightParams> {
  override async run(
    event: WorkflowEvent<NightParams>,
    steps: WorkflowStep,
  ): Promise<{ published: string[] }> {
    const night = event.payload;
    try {
      await this.publish(night, steps);
    } catch (error) {
      await this.end(night, steps, reasonOf(error));
      throw error;
    }
    await this.end(night, steps, null);
    return { published: night.to };
  }

  /**
   * Everything between the opening and the end; throws where a destination did not get the whole
   * night.
   */
  private async publish(night: NightParams, steps: WorkflowStep): Promise<void> {
    const { DB } = this.env;
    // The checks read the calendar that opening the house seeds: open one that nobody has used yet.
    await this.step(night, steps, 'open', () => ensureHouse(DB, parseConfig(this.env)));
    const read_at = await this.step(night, steps, 'refresh', async () => {
      const at = now(parseConfig(this.env));
      await refreshAll(DB, at);
      return at;
    });
    await this.step(night, steps, 'learn', () => learnModels(DB, night.as_of));
    await this.step(night, steps, 'store', () => storeNightMarts(DB, night));
    const { blocking } = await this.step(night, steps, 'check', () => runChecks(DB, night));
    const failed: string[] = [];
    if (blocking.length > 0) {
      const reason = inWords(blocking);
      for (const name of night.to)
        await this.step(night, steps, `mark ${name} stale`, () =>
          markStale(this.env, name, reason),
        ).catch((error) => failed.push(`${name} could not be marked stale: ${reasonOf(error)}`));
      throw new Error([`check_failed: ${reason}`, ...failed].join('\n'));
    }
    const rendered = await this.render(night, steps);
    let loads: LoadIds | null = null;
    for (const name of night.to) {
      const mine = renderings(this.env, [name]).map(({ key }) => rendered.get(key)!);
      try {
        const ids = await this.publishOne(night, steps, name, mine);
        loads ??= ids;
      } catch (error) {
        failed.push(`${name}: ${reasonOf(error)}`);
        await this.step(night, steps, `give up ${name}`, () =>
          failOpenLoads(DB, night, name, Date.now()),
        );
      }
    }
    if (loads)
      await this.restate(night, steps, read_at, rendered, loads).catch((error) =>
        failed.push(reasonOf(error)),
      );
    if (failed.length > 0) throw new Error(failed.join('\n'));
  }

  /** By key; data quality comes last, since it counts what the others withheld. */
  private async render(night: NightParams, steps: WorkflowStep): Promise<Map<string, Rendered>> {
    const rendered = new Map<string, Rendered>();
    const renderOne = async ({ key, contract, part }: Rendering): Promise<void> => {
      const work = () => renderMart(this.env, night, contract, part);
      rendered.set(key, await this.step(night, steps, `render ${key}`, work));
    };
    const isLast = ({ contract }: Rendering): boolean => contract.name === 'data_quality';
    const all = renderings(this.env, night.to);
    for (const rendering of all.filter((each) => !isLast(each))) await renderOne(rendering);
    const texts = [...rendered.values()].reduce((sum, { withheld }) => sum + withheld, 0);
    await this.step(night, steps, 'count withheld', () => noteWithheld(this.env.DB, night, texts));
    for (const rendering of all.filter(isLast)) await renderOne(rendering);
    return rendered;
  }

  /**
   * One destination: written and read back, verified, closed; each is a step, so that a crash
   * repeats only what was not done.
   */
  private async publishOne(
    night: NightParams,
    steps: WorkflowStep,
    name: DestinationName,
    rendered: Rendered[],
  ): Promise<LoadIds> {
    const { DB } = this.env;
    const ids = await this.step(night, steps, `publish ${name}`, () =>
      publishTo(this.env, night, name, rendered),
    );
    await this.step(night, steps, `verify ${name}`, async () => {
      const differ = await verifyLoads(DB, ids, Date.now());
      if (differ.length > 0)
        throw new Fault(
          'destination_refused',
          `${name} does not give back what was written: ${differ.join(', ')}`,
        );
    });
    await this.step(night, steps, `close ${name}`, () => closeLoads(DB, ids, Date.now()));
    return ids;
  }

  /**
   * What was published is held against what was published before, then kept for the next night;
   * nothing is kept unheld.
   */
  private async restate(
    night: NightParams,
    steps: WorkflowStep,
    read_at: number,
    rendered: Map<string, Rendered>,
    loads: LoadIds,
  ): Promise<void> {
    await this.step(night, steps, 'restate', () => recordRestatements(this.env, night, loads));
    await this.step(night, steps, 'keep', () =>
      keepPublished(this.env, night, read_at, rendered, loads),
    );
  }

  private async end(night: NightParams, steps: WorkflowStep, reason: string | null): Promise<void> {
    await steps.do('end', RETRIES, async () => {
      await discardRendered(this.env, night);
      await forgetNightMarts(this.env.DB);
      await endNight(this.env.DB, night, reason, Date.now());
    });
  }

  /**
   * A step of the night. A fault that no retry can mend ends it at once; its code stands in the
   * message.
   */
  private step<T>(
    night: NightParams,
    steps: WorkflowStep,
    name: string,
    work: () => Promise<T>,
  ): Promise<T> {
    return steps.do(name, RETRIES, async () => {
      await keepAlive(this.env.DB, night, Date.now());
      try {
        return (await work()) as never; // what a step answers is kept as JSON; all of ours is
      } catch (error) {
        if (error instanceof Fault && !error.retry)
          throw new NonRetryableError(`${error.code}: ${error.message}`);
        const ofD1 = d1Message(error);
        throw ofD1 === undefined ? error : new Error(ofD1);
      }
    }) as Promise<T>;
  }
}
