import type { NightParams } from '../../warehouse/nights/night-params.ts';

/** Bindings of `wrangler.jsonc`; vars and secrets are parsed by `parseConfig`. */
export type Env = {
  DB: D1Database;
  CACHE: KVNamespace;
  STORAGE: R2Bucket;
  NIGHT: Workflow<NightParams>;
};
