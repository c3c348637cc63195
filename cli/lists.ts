/** What `list` lists. */
export const LISTS = [
  'prospects',
  'emails',
  'calls',
  'campaigns',
  'waiting',
  'dead-events',
] as const;
