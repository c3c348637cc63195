/** Google's double and the lines to it, for the tests of one file. */
import { afterAll, beforeAll, describe } from 'vitest';
import {
  type GoogleSandbox,
  sandboxIsHere,
  startGoogleSandbox,
  WHY_SKIPPED,
} from '../contract/google-sandbox.ts';
import { type Edge, openEdge } from './edge.ts';

export type StandIn = {
  readonly google: GoogleSandbox;
  readonly edge: Edge;
  inject(rules: object[]): Promise<unknown>;
};

/** The full run strikes every request. */
const PATIENCE_MS = process.env.FULL ? 900_000 : 120_000;

/**
 * Starts the double, with `flags` of its own, before the tests and ends it after them; without it
 * they are skipped, and say so.
 */
export function withGoogle(name: string, tests: (at: StandIn) => void, flags: string[] = []): void {
  const title = sandboxIsHere ? name : `${name} (${WHY_SKIPPED})`;
  describe.skipIf(!sandboxIsHere)(title, { timeout: PATIENCE_MS }, () => {
    let google: GoogleSandbox;
    let edge: Edge;
    beforeAll(async () => {
      google = await startGoogleSandbox(flags);
      edge = openEdge(google.url);
    });
    afterAll(() => {
      edge?.close();
      google?.close();
    });
    tests({
      get google() {
        return google;
      },
      get edge() {
        return edge;
      },
      inject: (rules) => google.control('POST', '/__faults', rules),
    });
  });
}
