import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** `.sql` and `.css` are text everywhere; in Node-side tests this plugin says so. */
const text = {
  name: 'text',
  enforce: 'pre' as const,
  load(id: string) {
    if (/\.(sql|css)$/.test(id))
      return `export default ${JSON.stringify(readFileSync(id, 'utf8'))}`;
    return undefined;
  },
};

export default defineConfig({
  plugins: [text],
  test: {
    include: ['test/**/*.test.ts'],
    // Patience, not a measure: a busy machine must not fail what is right.
    testTimeout: process.env.FULL ? 900_000 : 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    globalSetup: ['test/build.ts'],
  },
});
