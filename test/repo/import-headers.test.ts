import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { headersPage } from '../../cli/import/headers-page.ts';

it('docs/import-headers.md lists the headers that there are: npm run contracts writes it', () => {
  const page = readFileSync(new URL('../../docs/import-headers.md', import.meta.url), 'utf8');
  expect(page).toBe(headersPage());
});
