/**
 * Installs what package-lock.json names if node_modules is missing, so that a fresh clone needs two
 * commands only.
 */
import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (!existsSync(new URL('../../node_modules/.package-lock.json', import.meta.url))) {
  process.stderr.write('installing what package-lock.json names: a minute, once\n');
  // Under Node 20, npm warns about every package that needs a newer one; the house runs on the Node
  // that it installs.
  execSync('npm ci --no-audit --no-fund --loglevel=error', {
    stdio: ['ignore', 2, 2],
    cwd: new URL('../../', import.meta.url),
  });
}
