import { configParser } from '../../core/config.ts';
import { workerSettings } from '../settings.ts';

/** The bindings of `wrangler.jsonc`. */
export type Env = { DB: D1Database };

export const parseConfig = configParser(workerSettings.engine);
