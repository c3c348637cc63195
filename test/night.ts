/** A night asked for at the house's door, until it has ended. */
import { expect } from 'vitest';
import { looks, type TestHouse } from './house.ts';

export type Night = {
  instance: string;
  status: string;
  error?: { message: string };
  loads: { mart: string; destination: string; status: string; attempt: number }[];
};

const PATIENCE_MS = 120_000;

/** Publishes to these destinations; throws where the night is still running after two minutes. */
export async function publish(house: TestHouse, to: string[], as_of?: string): Promise<Night> {
  const started = await house.call('/exports', {
    method: 'POST',
    body: JSON.stringify({ to, as_of }),
  });
  expect(started.status, await started.clone().text()).toBe(202);
  const { instance } = (await started.json()) as { instance: string };
  for await (const _ of looks(PATIENCE_MS)) {
    const night = (await (await house.call(`/exports/${instance}`)).json()) as Night;
    if (night.status !== 'running') return { ...night, instance };
  }
  throw new Error(`the night ${instance} is still running after ${PATIENCE_MS} ms`);
}
