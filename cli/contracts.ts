/**
 * `npm run contracts`: writes what is made of code: `docs/metrics.md`, `docs/import-headers.md`,
 * `docs/rules.md`, `.env.example` and `sql/published.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { metricsPage } from '../sql/metrics-page.ts';
import { grown, type Published, publishedText, untold } from '../sql/published.ts';
import { marts } from '../sql/views/index.ts';
import { envExample } from './env-example.ts';
import { headersPage } from './import/headers-page.ts';
import { rulesPage } from './rules-page.ts';

const at = (path: string): URL => new URL(`../${path}`, import.meta.url);
const contracts = marts.map(({ contract }) => contract);

const before = JSON.parse(readFileSync(at('sql/published.json'), 'utf8')) as Published;
try {
  const published = grown(before, contracts);
  writeFileSync(at('sql/published.json'), publishedText(published));
  writeFileSync(at('docs/metrics.md'), metricsPage(contracts));
  writeFileSync(at('docs/import-headers.md'), headersPage());
  writeFileSync(at('docs/rules.md'), rulesPage());
  writeFileSync(at('.env.example'), envExample());
  for (const missing of untold(published, readFileSync(at('CHANGELOG.md'), 'utf8')))
    process.stderr.write(`${missing}\n`);
} catch (error) {
  process.stderr.write(`nothing was written:\n${(error as Error).message}\n`);
  process.exitCode = 3;
}
