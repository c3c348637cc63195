/** A test house opened for facts, its clock pinned, and the way of a CSV file into it. */
import { expect } from 'vitest';
import { factsConfig } from '../../core/config.ts';
import type { RowKind } from '../../core/facts/fields.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { importCsv } from '../csv-import.ts';
import { openTestHouse, RESEND_SECRET, type TestHouse, TOKEN } from '../house.ts';

const FACTS_PER_REQUEST = 1000;

/** `now` in UTC ms is the house's present as long as it lives. */
export async function openEmptyHouse(now: number): Promise<TestHouse> {
  const house = await openTestHouse({ env: { NOW: String(now) } });
  const secrets = { API_TOKEN: TOKEN, RESEND_WEBHOOK_SECRET: RESEND_SECRET, NOW: String(now) };
  await ensureHouse(
    house.db,
    factsConfig({
      ...secrets,
      CONTACT_KEY_SECRET: 'test-contact-key-secret',
      HOUSE_ID: 'test-house',
    }),
  );
  return house;
}

export type CsvFile = { kind: RowKind; text: string; map?: unknown };

/**
 * Imports the file through the door as the command line does, and gives how many of its facts were
 * new. No row may be rejected.
 */
export async function importFile(
  house: TestHouse,
  now: number,
  { kind, text, map }: CsvFile,
): Promise<number> {
  const { facts, rejects } = importCsv(kind, text, map, { zone: 'UTC', defaultCountry: 'US', now });
  expect(rejects).toEqual([]);
  let inserted = 0;
  for (let from = 0; from < facts.length; from += FACTS_PER_REQUEST) {
    const answer = await house.call('/import/facts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ facts: facts.slice(from, from + FACTS_PER_REQUEST) }),
    });
    expect(answer.status).toBe(200);
    inserted += ((await answer.json()) as { inserted: number }).inserted;
  }
  return inserted;
}
