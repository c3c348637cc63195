/** What `signalhouse list` and `GET /api/list/…` can list. */
export const lists = [
  'prospects',
  'emails',
  'calls',
  'campaigns',
  'sequences',
  'imports',
  'merges',
  'waiting',
  'dead-events',
] as const;

export type List = (typeof lists)[number];
