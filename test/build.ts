import { buildWorkers } from '../cli/house/build.ts';

/** Bundles the Workers once, before any test starts them. */
export const setup = (): Promise<void> => buildWorkers();
