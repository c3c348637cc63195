import type { HouseConfig } from './config.ts';

/** The present in UTC milliseconds: the clock pinned in the configuration, else the machine's. */
export const now = (config: Pick<HouseConfig, 'NOW'>): number => config.NOW ?? Date.now();
