/** Installs what package-lock.json names where node_modules is missing, so that two commands are enough on a bare clone. */
import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (!existsSync(new URL('../../node_modules/.package-lock.json', import.meta.url)))
  execSync('npm ci --no-audit --no-fund', {
    stdio: ['ignore', 2, 2],
    cwd: new URL('../../', import.meta.url),
  });
