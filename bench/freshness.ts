/** How fresh the dashboard of a served house is while facts land and people look at it. */
import { openDashboard } from './dashboard.ts';
import type { BenchHouse } from './house.ts';
import { QUICK } from './measure.ts';
import { personOf } from './synthetic-facts.ts';

/** A reader looks at the page for so long before loading it again. */
const READING_MS = 5000;
const LOOK_MS = 100;
/** Facts are posted at irregular times, so that some have a whole rest before them. */
const PAUSES_MS = QUICK ? [700, 2300] : [2900, 7100];
const POSTS = QUICK ? 8 : 36;
const GIVE_UP_MS = 600_000;

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Of each fact, in s: until the door answered, and until the dashboard counted the person. */
export type Freshness = {
  landed: number[];
  shown: number[];
  /** Of each refresh, what it cost D1, in s. */
  costs: number[];
  /** How long all of it took, in s. */
  lasted: number;
};

/** One person more; the door answers once the fact is durable and derived. */
export async function post(house: BenchHouse, person: number): Promise<void> {
  const answer = await house.call('/import/facts', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ facts: [personOf(person).contact] }),
  });
  if (!answer.ok) throw new Error(`the door answered ${answer.status}: ${await answer.text()}`);
}

const peopleOn = (html: string): number =>
  Number(/([\d,]+) people/.exec(html)![1]!.replaceAll(',', ''));

/**
 * Posts facts to a house of `people` while one browser looks all the time and `readers` others load
 * the page again and again.
 */
export async function watchFreshness(
  house: BenchHouse,
  people: number,
  readers: number,
): Promise<Freshness> {
  const page = await openDashboard(house);
  const began = performance.now();
  const since = (start: number): number => (performance.now() - start) / 1000;
  const posted: number[] = [];
  const fresh: Freshness = { landed: [], shown: [], costs: [], lasted: 0 };
  const isOver = () => fresh.shown.length === POSTS || since(began) * 1000 > GIVE_UP_MS;

  const reads = async (reader: number) => {
    await wait((reader * READING_MS) / readers);
    while (!isOver()) {
      await page();
      await wait(READING_MS);
    }
  };
  const posts = async () => {
    for (let fact = 0; fact < POSTS; fact++) {
      posted.push(performance.now());
      await post(house, people + fact);
      fresh.landed.push(since(posted[fact]!));
      await wait(PAUSES_MS[fact % 2]!);
    }
  };
  const looks = async () => {
    while (!isOver()) {
      const counted = peopleOn(await page()) - people;
      while (fresh.shown.length < counted) fresh.shown.push(since(posted[fresh.shown.length]!));
      await wait(LOOK_MS);
    }
  };
  const costs = new Map<number, number>();
  const note = async () => {
    const refreshes = await house.db
      .prepare('select refresh_id, cost_ms from mart_refreshes where finished_at is not null')
      .raw<[number, number]>();
    for (const [refresh_id, cost_ms] of refreshes) costs.set(refresh_id, cost_ms / 1000);
  };
  const notes = async () => {
    for (; !isOver(); await wait(LOOK_MS)) await note();
    await note();
  };
  await Promise.all([
    posts(),
    looks(),
    notes(),
    ...Array.from({ length: readers }, (_, i) => reads(i)),
  ]);
  if (fresh.shown.length < POSTS) throw new Error('a number never came');
  // The first was there before.
  return { ...fresh, costs: [...costs.values()].slice(1), lasted: since(began) };
}
