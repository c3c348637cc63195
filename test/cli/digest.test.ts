/** `digest` on files as an export leaves them. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openState } from '../../cli/house/state.ts';
import { csvHeader, csvLines } from '../../platform/files/csv.ts';
import type { Cell } from '../../sql/cell.ts';
import { runColumns } from '../../sql/contract.ts';
import { weeklySummary } from '../../sql/views/marts/week/weekly_summary.ts';
import { weekRows } from '../unit/week-rows.ts';
import { signalhouse } from './signalhouse.ts';

const { contract } = weeklySummary;
const folder = mkdtempSync(join(tmpdir(), 'signalhouse-digest-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const digest = (...args: string[]) => signalhouse(folder, 'digest', ...args);

beforeAll(() => {
  const { house, out } = openState(folder);
  const run = {
    house_id: house.house_id,
    is_sample: true,
    run_id: 'r',
    as_of: Date.UTC(2026, 10, 21),
    rules_version: 'v',
  };
  const rows = weekRows().map((row) =>
    contract.columns.map(({ name }) => (row as Record<string, Cell>)[name] ?? null),
  );
  mkdirSync(out, { recursive: true });
  writeFileSync(
    join(out, 'weekly_summary.csv'),
    csvHeader(contract) + csvLines(contract, { ...run, attempt: 1 })(rows),
  );
  const columns = [...runColumns, ...contract.columns];
  const mart = {
    name: contract.name,
    kind: contract.kind,
    answers: contract.answers,
    columns,
    rows: rows.length,
  };
  writeFileSync(join(out, 'manifest.json'), JSON.stringify({ ...run, marts: [mart] }));
});

describe('signalhouse digest', () => {
  it('writes the mail of the last complete week, as HTML and as text', async () => {
    const run = await digest('--out', join(folder, 'mail'), '--json');
    expect(run.stderr).toBe('');
    const written = JSON.parse(run.stdout);
    expect(written).toMatchObject({
      week: '2026-W46',
      subject: expect.stringContaining('1,200 emails sent'),
    });
    expect(readFileSync(written.html, 'utf8')).toContain(`<title>${written.subject}</title>`);
    expect(readFileSync(written.text, 'utf8')).toContain('The week of 9–15 November 2026');
  });

  it('writes the week that is asked for', async () => {
    const run = await digest('--week', '2026-W40', '--out', join(folder, 'earlier'));
    expect(run.status).toBe(0);
    expect(readFileSync(join(folder, 'earlier', 'digest.txt'), 'utf8')).toContain(
      '28 September – 4 October 2026',
    );
  });

  it('tells a week without data from a word that is no week', async () => {
    const missing = await digest('--week', '2026-W20');
    expect([missing.status, missing.stdout]).toEqual([4, '']);
    expect(missing.stderr).toContain(
      'the last export has no 2026-W20; it has 2026-W34 to 2026-W47',
    );
    const wrong = await digest('--week', '2026-20');
    expect([wrong.status, wrong.stdout]).toEqual([2, '']);
    expect(wrong.stderr).toContain('--week must be an ISO week such as 2026-W20, not 2026-20');
  });
});
