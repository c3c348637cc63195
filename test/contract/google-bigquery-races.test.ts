/**
 * Two publishes into one dataset, loads that fail and requests that arrive late: readers always see
 * one whole run.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunStamp, Table } from '../../platform/destination.ts';
import { type BigQueryPlace, bigQueryPlace } from './bigquery-place.ts';
import {
  type GoogleSandbox,
  sandboxIsHere,
  startGoogleSandbox,
  WHY_SKIPPED,
} from './google-sandbox.ts';
import { everyType, rowsOfEveryType, run, table, tiny } from './tables.ts';

const MONDAY = Date.UTC(2026, 5, 1);

type Night = { run: RunStamp; tables: Table[] };
const night = (name: string, words: string[]): Night => ({
  run: run(MONDAY, { run_id: name }),
  tables: [
    table(everyType, rowsOfEveryType, name),
    table(
      tiny,
      words.map((word) => [word]),
      name,
    ),
  ],
});

/**
 * Ends a publish at its nth request that `picks`: it dies before that reaches Google, and may be
 * let go later.
 */
function dyingAt(picks: (url: string, method: string) => boolean, nth: number) {
  let seen = 0;
  let isDead = false;
  let held: (() => Promise<Response>) | undefined;
  const line: typeof fetch = async (input, init) => {
    const url = String(input);
    if (!isDead && picks(url, init?.method ?? 'GET') && ++seen === nth) {
      isDead = true;
      held = () => fetch(input, init);
    }
    if (isDead) throw new TypeError('the process died');
    return fetch(input, init);
  };
  return { carry: line, letGo: async () => (await held!()).status };
}

const isUpload = (url: string): boolean => url.includes('/upload/');
/** An upload is one request for small tables: one a table, then `current_run`. */
const SWITCH = 3;

describe.skipIf(!sandboxIsHere)(
  `bigquery at once${sandboxIsHere ? '' : ` (${WHY_SKIPPED})`}`,
  () => {
    let google: GoogleSandbox;
    let place: BigQueryPlace;
    let n = 0;
    const publish = ({ run: stamp, tables }: Night, options = {}) =>
      place.publish(stamp, tables, options);
    const dead = { retries: 0 };
    /** The one night that both views show, whole. */
    const shown = async (): Promise<string> => {
      const words = (await place.seen('tiny')).map(({ run_id, word }) => [run_id, word]);
      const offers = (await place.seen('every_type')).map(({ run_id }) => run_id);
      const runs = new Set([...words.map(([id]) => id), ...offers]);
      expect(offers).toHaveLength(rowsOfEveryType.length);
      expect(runs.size).toBe(1);
      return `${[...runs][0]}: ${words.map(([, word]) => word).join(' ')}`;
    };

    const fresh = async () => {
      n += 1;
      place = await bigQueryPlace(google, `races${n}`);
      await publish(night('first', ['one']));
    };

    beforeAll(async () => {
      google = await startGoogleSandbox();
    });
    afterAll(() => google?.close());

    it('lets a newer run take over from one that died after its loads', async () => {
      await fresh();
      await expect(
        publish(night('died', ['two']), { ...dyingAt(isUpload, SWITCH), ...dead }),
      ).rejects.toMatchObject({
        code: 'destination_busy',
      });
      expect(await shown()).toBe('first: one');
      await publish(night('newer', ['three', 'four']));
      expect(await shown()).toBe('newer: three four');
    });

    it('refuses the switch of a run that was overtaken, however late it arrives', async () => {
      await fresh();
      const late = dyingAt(isUpload, SWITCH);
      await expect(
        publish(night('late', ['two']), { carry: late.carry, ...dead }),
      ).rejects.toThrow();
      await publish(night('newer', ['three']));
      expect(await late.letGo()).toBe(409);
      expect(await shown()).toBe('newer: three');
    });

    it.each([1, 2])(
      'refuses load %i of a run that was overtaken, however late it arrives',
      async (nth) => {
        await fresh();
        const late = dyingAt(isUpload, nth);
        await expect(
          publish(night('late', ['two']), { carry: late.carry, ...dead }),
        ).rejects.toThrow();
        await publish(night('newer', ['three']));
        await publish(night('newest', ['four']));
        expect(await late.letGo()).toBe(409);
        expect(await shown()).toBe('newest: four');
      },
    );

    it('ignores a late load of an earlier run: the next goes on from what is live', async () => {
      await fresh();
      const late = dyingAt(isUpload, 2);
      await expect(
        publish(night('late', ['two']), { carry: late.carry, ...dead }),
      ).rejects.toThrow();
      expect(await late.letGo()).toBe(200);
      expect(await shown()).toBe('first: one');
      await publish(night('newer', ['three']));
      expect(await shown()).toBe('newer: three');
    });

    it('goes on with its own loads after it died, and loads no row twice', async () => {
      await fresh();
      const tables = night('again', ['two']);
      await expect(publish(tables, { ...dyingAt(isUpload, SWITCH), ...dead })).rejects.toThrow();
      const jobs = (await place.jobs()).length;
      await publish(tables);
      expect((await place.jobs()).length).toBe(jobs + 1);
      expect(await shown()).toBe('again: two');
    });

    it('takes a burned job id for what it is: the next attempt loads under another', async () => {
      await fresh();
      const corrupting: typeof fetch = (input, init) => {
        if (!isUpload(String(input))) return fetch(input, init);
        const body = Buffer.from(init!.body as Uint8Array)
          .toString()
          .replace('"leads":3', '"leads":"three"');
        return fetch(input, { ...init, body });
      };
      const tables = night('mended', ['two']);
      await expect(publish(tables, { carry: corrupting })).rejects.toMatchObject({
        code: 'destination_refused',
        message: expect.stringMatching(
          /the load of acme-data\.races\d+\.every_type__\w failed: .+fix that/,
        ),
      });
      expect(await shown()).toBe('first: one');
      await expect(publish(tables, { carry: corrupting })).rejects.toMatchObject({
        code: 'destination_refused',
      });
      await publish(tables);
      expect(await shown()).toBe('mended: two');
      expect((await place.jobs()).filter(({ errorResult }) => errorResult)).toHaveLength(2);
    });

    it('retries a load under another id after BigQuery’s own faults, with a limit', async () => {
      await fresh();
      const status = {
        state: 'DONE',
        errorResult: { reason: 'backendError', message: 'Retry the job.' },
      };
      const troubled = (times: number): typeof fetch => {
        const ids = new Set<string>();
        return async (input, init) => {
          const answer = await fetch(input, init);
          const id = /\/jobs\/(signalhouse_\w+)\?/.exec(String(input))?.[1];
          if (!id || !answer.ok || !(ids.has(id) || ids.size < times)) return answer;
          ids.add(id);
          return Response.json({ ...((await answer.json()) as object), status });
        };
      };
      await expect(publish(night('never', ['two']), { carry: troubled(99) })).rejects.toMatchObject(
        {
          code: 'destination_busy',
          message: expect.stringMatching(/failed 5 loads .* Retry the job/),
        },
      );
      expect(await shown()).toBe('first: one');
      await publish(night('troubled', ['three']), { carry: troubled(3) });
      expect(await shown()).toBe('troubled: three');
    });

    it('lets one of two concurrent runs go live, whichever request they meet at', async () => {
      await fresh();
      const probe = night('probe', ['x']);
      const before = await place.mark();
      await publish(probe);
      const requests = (await google.journal(before)).length;
      for (let at = 1; at <= requests; at += 3) {
        await fresh();
        let seen = 0;
        const other = night('other', ['three']);
        const interrupted: typeof fetch = async (input, init) => {
          seen += 1;
          if (seen === at) await publish(other);
          return fetch(input, init);
        };
        const mine = publish(night('mine', ['two']), { carry: interrupted }).then(
          () => 'live',
          (error) => error.code,
        );
        const outcome = await mine;
        expect(['live', 'overtaken']).toContain(outcome);
        expect(await shown()).toBe(outcome === 'live' ? 'mine: two' : 'other: three');
      }
    });

    it('empties nothing where current_run was emptied by a person', async () => {
      await fresh();
      await publish(night('second', ['two']));
      const { schema } = (await place.tables()).get('current_run')!;
      await place.person.replace('current_run', schema!.fields, []);
      await publish(night('third', ['three']));
      expect(await shown()).toBe('third: three');
      await publish(night('fourth', ['four']));
      expect(await shown()).toBe('fourth: four');
    });
  },
);
