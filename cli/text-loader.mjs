/**
 * Lets Node import `.sql` and `.css` files as text, as wrangler does:
 * `node --import ./cli/text-loader.mjs …`.
 */
import { readFileSync } from 'node:fs';
import { enableCompileCache, registerHooks } from 'node:module';

// Half the time of a short command goes into stripping types and compiling unchanged files.
enableCompileCache();

registerHooks({
  load(url, context, nextLoad) {
    if (!/\.(sql|css)$/.test(url)) return nextLoad(url, context);
    const text = readFileSync(new URL(url), 'utf8');
    return {
      format: 'module',
      source: `export default ${JSON.stringify(text)}`,
      shortCircuit: true,
    };
  },
});
