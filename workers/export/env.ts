import type { DestinationName } from '../../core/destinations.ts';

/** What starts a night; small, since a Workflow keeps it. */
export type NightParams = { run_id: string; attempt: number; as_of: number; to: DestinationName[] };

/** Bindings of `wrangler.jsonc`; vars and secrets are parsed by `parseConfig`. */
export type Env = {
  DB: D1Database;
  CACHE: KVNamespace;
  STORAGE: R2Bucket;
  NIGHT: Workflow<NightParams>;
};
