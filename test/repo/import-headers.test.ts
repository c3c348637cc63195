/** The pages on importing say what the code does. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { headersPage } from '../../cli/import/headers-page.ts';
import { Fault } from '../../core/faults.ts';
import { importCsv } from '../csv-import.ts';

const page = (name: string): string =>
  readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

it('docs/import-headers.md lists the headers that there are: npm run contracts writes it', () => {
  expect(page('import-headers.md')).toBe(headersPage());
});

it('the worked import of docs/import.md comes out as it is written', () => {
  const blocks = page('import.md').match(/(?:^ {4}.*\n|^\n(?= {4}))+/gm) ?? [];
  const [file, refusal, map] = blocks.map((block) => block.replace(/^ {4}/gm, '').trim());
  const context = { now: Date.parse('2026-06-01'), zone: 'UTC', defaultCountry: 'US' };
  let refused: unknown;
  try {
    importCsv('contacts', file!, undefined, context);
  } catch (error) {
    refused = error;
  }
  expect(refused).toBeInstanceOf(Fault);
  for (const line of (refused as Fault).message.split('\n').slice(2))
    expect(refusal).toContain(line);
  const { facts, rejects } = importCsv('contacts', file!, JSON.parse(map!), context);
  expect(rejects).toEqual([]);
  expect(facts).toMatchObject([
    {
      provider: 'crm',
      contact: { kind: 'email', value: 'mila@novak.example' },
      stated: {
        full_name: 'Mila Novak',
        lead_status: 'customer',
        lead_added_at: Date.UTC(2026, 0, 14),
      },
    },
    { stated: { full_name: 'Tom Adeyemi', lead_status: 'warm', channel_origin: 'referral' } },
  ]);
});
