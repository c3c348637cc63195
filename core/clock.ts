/** The present in UTC milliseconds: the pinned clock of the configuration where there is one, else the machine's. */
import type { Config } from './config.ts';

export const now = (config: Pick<Config, 'NOW'>): number => config.NOW ?? Date.now();
