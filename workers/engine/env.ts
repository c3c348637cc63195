/** Bindings of `wrangler.jsonc`; vars and secrets are parsed by `parseConfig`. */
export type Env = { DB: D1Database };
