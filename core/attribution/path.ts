/** One distinct path with its counts, as analysts keep them and as the data-driven models take them. */
export type Path = {
  /** Channels in the order of touch; empty where nobody was touched. */
  channels: string[];
  /** How many went this way and converted, and how many did and did not. Not negative; fractions are allowed. */
  conversions: number;
  non_conversions: number;
  /** What the conversions brought, in the file's own money; negative where refunds outweigh them. */
  value: number;
};

/** Credit of one channel under one model. */
export type Credit = { channel: string; conversions: number; value: number };

/** Where conversions without a touch are kept (R8b). */
export const UNATTRIBUTED = 'unattributed';

/** Every channel of the paths, in the order in which it first appears. */
export const channelsOf = (paths: Path[]): string[] => [
  ...new Set(paths.flatMap(({ channels }) => channels)),
];
