import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { fullTests } from './test/full-tests.ts';
import { LongestFirst } from './test/longest-first.ts';

const SUFFIX = '.text';

type Resolving = {
  resolve(
    source: string,
    importer?: string,
    options?: { skipSelf: boolean },
  ): Promise<{ id: string } | null>;
};

/**
 * `.sql` and `.css` are text everywhere; in Node-side tests this plugin says so. The suffix keeps
 * Vite from taking the text for a style sheet, which it would empty.
 */
const text = {
  name: 'text',
  enforce: 'pre' as const,
  async resolveId(this: Resolving, source: string, importer?: string) {
    if (!/\.(sql|css)$/.test(source)) return undefined;
    const found = await this.resolve(source, importer, { skipSelf: true });
    return found && found.id + SUFFIX;
  },
  load(id: string) {
    if (!id.endsWith(SUFFIX)) return undefined;
    const path = id.slice(0, -SUFFIX.length);
    // Vite may name a file from the root of the repository.
    const file = path.startsWith(import.meta.dirname) ? path : join(import.meta.dirname, path);
    return `export default ${JSON.stringify(readFileSync(file, 'utf8'))}`;
  },
};

export default defineConfig({
  plugins: [text],
  test: {
    include: process.env.FULL === '1' ? fullTests() : ['test/**/*.test.ts'],
    // Patience, not a measure: a busy machine must not fail what is right.
    testTimeout: process.env.FULL ? 900_000 : 120_000,
    hookTimeout: 120_000,
    // There is no such file: nobody's own `.env` reaches a command that a test runs.
    env: { SIGNALHOUSE_ENV: join(import.meta.dirname, 'test/no.env') },
    maxWorkers: 2,
    // The files share what they load; whoever changes something global puts it back.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    globalSetup: ['test/build.ts'],
  },
});
