/** The present in UTC milliseconds: the clock pinned in the configuration, else the machine's. */
import type { Config } from './config.ts';

export const now = (config: Pick<Config, 'NOW'>): number => config.NOW ?? Date.now();
