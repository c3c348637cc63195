import { configParser } from '../../core/config.ts';
import type { NightParams } from '../../warehouse/nights/night-params.ts';
import { workerSettings } from '../settings.ts';

/** The bindings of `wrangler.jsonc`. */
export type Env = {
  DB: D1Database;
  CACHE: KVNamespace;
  STORAGE: R2Bucket;
  NIGHT: Workflow<NightParams>;
};

export const parseConfig = configParser(workerSettings.export);
export type ExportConfig = ReturnType<typeof parseConfig>;
