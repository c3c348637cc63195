/** The first sheet of a workbook as LibreOffice prints it, as a picture. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeXlsx } from 'hucre/xlsx';
import { readWeekRows } from '../../cli/published-tables.ts';
import { pageSheet } from '../../cli/workbook/page-sheet.ts';
import { weekReport } from '../../core/pages/week.ts';
import { weekPage } from '../../core/pages/week-page.ts';
import type { Manifest } from '../../platform/files/manifest.ts';

const WIDTH = 1180;
const HEIGHT = 500;
/** Pixels of the page's width on which the printed sheet, margins left out, is as wide as that. */
const PAGE_WIDTH = 1250;

const run = promisify(execFile);

/** Draws the week of the export in `out`; needs `soffice` and `pdftoppm`. */
export async function drawWorkbook(out: string, manifest: Manifest, png: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'signalhouse-workbook-'));
  const xlsx = join(folder, 'week.xlsx');
  const page = weekPage(weekReport(readWeekRows(out, manifest), manifest), manifest.stale);
  try {
    writeFileSync(xlsx, await writeXlsx({ sheets: [pageSheet(page)], stringMode: 'shared' }));
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    await run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, xlsx]);
    const margin = Math.round((PAGE_WIDTH - WIDTH) / 2);
    await run('pdftoppm', [
      '-png',
      '-singlefile',
      '-scale-to-x',
      String(PAGE_WIDTH),
      '-scale-to-y',
      '-1',
      '-x',
      String(margin),
      '-y',
      String(margin),
      '-W',
      String(WIDTH),
      '-H',
      String(HEIGHT),
      join(folder, 'week.pdf'),
      png.replace(/\.png$/, ''),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
