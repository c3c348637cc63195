/**
 * Gate 8: publishing to files and to Sheets, read-back included, against JSON.stringify of what is
 * sent; and its memory. Timed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { runCells } from '../platform/cells.ts';
import { type Destination, type RunStamp, rowsOf } from '../platform/destination.ts';
import { filesDestination } from '../platform/files/destination.ts';
import { sheetsDestination } from '../platform/sheets/destination.ts';
import { fakeBucket } from './fake-places.ts';
import { FakeSpreadsheet, type OnBody } from './fake-spreadsheet.ts';
import { type Gate, inverse, type Measure, ownCpu, QUICK, ratioOfPairs } from './measure.ts';
import { accountOf, type Publication, publicationFor, run as stamp } from './publications.ts';

const CELLS = QUICK ? 20_000 : 150_000;
/** Memory is measured on more, so that what grows with the rows would show. */
const MANY_CELLS = QUICK ? 200_000 : 2_000_000;
/** The reference is brief; it runs as often as makes the two sides of a pair alike in length. */
const REPEATS = 8;
const MB = 1_000_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function memory(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MB;
}

type Place = {
  name: string;
  destination: Destination;
  /** The run of the nth publish. */
  run(night: number): RunStamp;
  watch(onBody: OnBody): void;
};

async function speed(
  place: Place,
  publication: Publication,
  bodies: unknown[],
  what: string,
): Promise<Measure> {
  let night = 0;
  const publish = () => {
    night += 1;
    return place.destination.publish(place.run(night), publication.tables);
  };
  const cost = await ratioOfPairs(
    () => ownCpu(publish),
    async () =>
      (await ownCpu(() => {
        for (let repeat = 0; repeat < REPEATS; repeat++)
          for (const body of bodies) JSON.stringify(body);
      })) / REPEATS,
  );
  return {
    gate: 8,
    measure: `cells per CPU second to ${place.name}`,
    ...inverse(cost),
    reference: what,
    limit: 0.42,
    moonshot: 0.7,
    better: 'more' as const,
    note: `${publication.cells} cells, read back`,
  };
}

async function growth(place: Place, publication: Publication): Promise<Measure> {
  // What the first publish leaves behind for good, such as compiled code, is no growth; buffers are
  // let go a turn later.
  await place.destination.publish(place.run(0), publication.tables);
  collect();
  await new Promise((resolve) => setTimeout(resolve, 100));
  const before = memory();
  let peak = before;
  place.watch(() => {
    peak = Math.max(peak, memory());
  });
  await place.destination.publish(place.run(1), publication.tables);
  return {
    gate: 8,
    measure: `memory growth, ${place.name} (MB)`,
    value: peak - before,
    reference: 'memory in use at each body sent or answered, rubbish collected, above that before',
    limit: 40,
    moonshot: 16,
    better: 'less' as const,
    note: `${publication.cells} cells`,
  };
}

async function toFiles(): Promise<Measure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'signalhouse-bench-'));
  let onBody: OnBody = () => {};
  const files = filesDestination(fakeBucket(folder, (bytes) => onBody(bytes)));
  // A load is known by its id, so each night brings its own.
  const publish: Destination['publish'] = (run, tables) =>
    files.publish(
      run,
      tables.map((table) => ({ ...table, load_id: `${table.load_id}_${run.run_id}` })),
    );
  const destination: Destination = { ...files, publish };
  const watch = (next: OnBody) => {
    onBody = next;
  };
  try {
    const publication = publicationFor(destination, CELLS);
    const bodies = await Promise.all(
      publication.tables.map(async (table) =>
        (await rowsOf(table)).map((row) => [...runCells(stamp, table.contract), ...row]),
      ),
    );
    const place: Place = {
      name: 'files',
      destination,
      watch,
      run: (night) => ({ ...stamp, run_id: `run_${String(night).padStart(16, '0')}` }),
    };
    return [
      await speed(
        place,
        publication,
        [...bodies, ...bodies],
        'JSON.stringify of the rows, once for each of both files',
      ),
      await growth(place, publicationFor(destination, MANY_CELLS)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A spreadsheet that has learnt a night like any other: the first makes the tabs, the second finds
 * them.
 */
async function learnt(
  cells: number,
): Promise<{ place: Place; publication: Publication; google: FakeSpreadsheet }> {
  const google = new FakeSpreadsheet();
  globalThis.fetch = google.fetch as typeof fetch;
  const destination = sheetsDestination(accountOf('http://bench.invalid'), 'spreadsheet');
  const publication = publicationFor(destination, cells);
  for (let night = 0; night < 2; night += 1) {
    google.next();
    await destination.publish(stamp, publication.tables);
  }
  google.settle();
  const watch = (next: OnBody) => {
    google.onBody = next;
  };
  const run = () => {
    google.next();
    return stamp;
  };
  return { place: { name: 'Sheets', destination, watch, run }, publication, google };
}

async function toSheets(): Promise<Measure[]> {
  const real = globalThis.fetch;
  try {
    const few = await learnt(CELLS);
    const bodies = few.google.carrying
      .slice(few.google.carrying.length / 2)
      .map((body) => JSON.parse(body));
    const cost = await speed(
      few.place,
      few.publication,
      bodies,
      'JSON.stringify of the bodies sent',
    );
    const many = await learnt(MANY_CELLS);
    return [cost, await growth(many.place, many.publication)];
  } finally {
    globalThis.fetch = real;
  }
}

const run = async (): Promise<Measure[]> => [...(await toFiles()), ...(await toSheets())];

export const gate: Gate = { name: '8', run };
