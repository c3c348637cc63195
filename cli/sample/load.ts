/** Loads the sample season into an empty house and waits until all of it has landed. */
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
  const count = db.prepare(
    'select (select count(*) from observations) + (select count(*) from email_events) as ' +
      'landed, (select count(*) from dead_events) as dead',
  );
  for (const deadline = Date.now() + LANDING_MS; ; ) {
    const row = await count.first<{ landed: number; dead: number }>();
    if (row!.dead > 0) {
      const first = await db.prepare('select reason, body from dead_events limit 1').first();
      throw new Error(
        `the house could not understand ${row!.dead} sample deliveries: ${JSON.stringify(first)}`,
      );
    }
    if (row!.landed >= expected) return;
    if (Date.now() > deadline)
      throw new Error(`${row!.landed} of ${expected} sample deliveries landed in two minutes`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
