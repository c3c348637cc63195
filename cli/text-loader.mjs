/** Lets Node import `.sql` and `.css` files as text, as wrangler does: `node --import ./cli/text-loader.mjs …`. */
import { readFileSync } from 'node:fs';
import { enableCompileCache, registerHooks } from 'node:module';

// Half of what a short command takes is stripping types and compiling what has not changed.
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
