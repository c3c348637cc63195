import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { faults } from '../../core/faults.ts';

it('every fault code has its section in the runbook, and no other is there', () => {
  const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
  const sections = [...runbook.matchAll(/^## (\w+)$/gm)].map((match) => match[1]!);
  expect(sections.sort()).toEqual(Object.keys(faults).sort());
});
