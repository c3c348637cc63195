/**
 * The marts of one recorded house, byte for byte. A change of structure leaves them as they are; a
 * change of a definition is meant to show here: `RECORD=1 npx vitest run
 * test/season/recorded-house.test.ts` writes what it makes of them.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { recordedMarts } from './recorded-house.ts';

const file = new URL('recorded-marts.json', import.meta.url);

const digestOf = (rows: string): { rows: number; sha256: string } => ({
  rows: rows === '' ? 0 : rows.split('\n').length,
  sha256: createHash('sha256').update(rows).digest('hex'),
});

it('publishes of the recorded house what it always did', async () => {
  const marts = await recordedMarts();
  const digests = Object.fromEntries(
    Object.entries(marts).map(([mart, rows]) => [mart, digestOf(rows)]),
  );
  if (process.env.RECORD) writeFileSync(file, `${JSON.stringify(digests, null, 2)}\n`);
  expect(digests).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});
