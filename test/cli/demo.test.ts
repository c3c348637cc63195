/**
 * What `demo` leaves to look at once its house is closed: files, and no address that answers no
 * more.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { published } from '../../cli/commands/start.ts';
import { openState } from '../../cli/house/state.ts';
import { WORKBOOK } from '../../cli/published.ts';
import { publishRandomHouse } from './published-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'signalhouse-demo-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('what was published', () => {
  it('is told by the tables and the workbook, without an address or a token', async () => {
    const state = openState(root);
    expect(published(state)).toBe(
      'Workbook   after the first export: npm run -s signalhouse -- export',
    );
    await publishRandomHouse(state, 5);
    const workbook = join(state.out, WORKBOOK);
    writeFileSync(workbook, '');
    const text = published(state);
    expect(text).toContain(`Workbook   ${workbook}`);
    expect(text).toContain('attribution_paths');
    expect(text).not.toMatch(/https?:/);
    expect(text).not.toContain(state.house.api_token);
  });
});
