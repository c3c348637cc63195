/** Loads the sample season into an empty house and waits until all of it has landed. */
import { anyDeadEvent, countLanded } from '../../warehouse/read/landed.ts';
import { type Doors, deliver } from './deliver.ts';
import { sampleSeason } from './season.ts';

export type SampleHouse = Doors & {
  /** The present, UTC ms: the season ends with the last complete ISO week before it. */
  now: number;
  /** The house's database, read to see that everything has landed. */
  db: D1Database;
  /** Fewer prospects make a smaller season. */
  people?: number;
};

const SAY_EVERY_MS = 3000;
const LANDING_MS = 120_000;

/**
 * Delivers the season and resolves once each delivery has its row: an email event, or an
 * observation for everything else. Throws, naming the events, if a door could not understand some.
 */
export async function loadSampleSeason(
  house: SampleHouse,
  say: (line: string) => void = () => {},
): Promise<{ deliveries: number }> {
  const season = sampleSeason(house.now, house.people);
  let lastSaid = Date.now();
  await deliver(season, house, (done, total) => {
    if (done < total && Date.now() - lastSaid < SAY_EVERY_MS) return;
    say(`  ${done} of ${total} deliveries acknowledged`);
    lastSaid = Date.now();
  });
  await landed(house.db, season.length);
  return { deliveries: season.length };
}

/** Resolves when at least `expected` rows have landed. */
export async function landed(db: D1Database, expected: number): Promise<void> {
  for (const deadline = Date.now() + LANDING_MS; ; ) {
    const { landed, dead } = await countLanded(db);
    if (dead > 0) {
      const first = JSON.stringify(await anyDeadEvent(db));
      throw new Error(`the house could not understand ${dead} sample deliveries: ${first}`);
    }
    if (landed >= expected) return;
    if (Date.now() > deadline)
      throw new Error(`${landed} of ${expected} sample deliveries landed in two minutes`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
