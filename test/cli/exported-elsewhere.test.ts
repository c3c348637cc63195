/** A command over the last export reads it where it went, also with `export --out`. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openState } from '../../cli/house/state.ts';
import { MANIFEST, needPublished, noteFolder } from '../../cli/published.ts';

const root = mkdtempSync(join(tmpdir(), 'signalhouse-elsewhere-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('finds an export that went elsewhere, while it is there', () => {
  const state = openState(root);
  const elsewhere = join(root, 'my exports');
  expect(() => needPublished(state)).toThrow(/run: npm run -s signalhouse -- export$/);
  mkdirSync(elsewhere);
  writeFileSync(
    join(elsewhere, MANIFEST),
    JSON.stringify({ house_id: state.house.house_id, marts: [] }),
  );
  noteFolder(state, elsewhere);
  expect(needPublished(state).folder).toBe(elsewhere);
  expect(() => needPublished(state, state.out)).toThrow(
    `${state.out} holds no export of this house`,
  );
  expect(needPublished(state, elsewhere).folder).toBe(elsewhere);
  rmSync(elsewhere, { recursive: true });
  expect(() => needPublished(state)).toThrow(/run: npm run -s signalhouse -- export$/);
});
