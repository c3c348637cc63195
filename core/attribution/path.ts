/** One distinct path with its counts, as the data-driven models take it. */
export type Path = {
  /** Channels in order of touch; empty if there was no touch. */
  channels: string[];
  /**
   * How many took this path and converted, and how many did not convert. Not negative; fractions
   * are allowed.
   */
  conversions: number;
  non_conversions: number;
  /** Value of the conversions, in the file's own currency; negative if refunds outweigh them. */
  value: number;
};

/** Credit of one channel under one model. */
export type Credit = { channel: string; conversions: number; value: number };

/** The channel of conversions without a touch (R8b). */
export const UNATTRIBUTED = 'unattributed';

/** Every channel of the paths, in order of first appearance. */
export const channelsOf = (paths: Path[]): string[] => [
  ...new Set(paths.flatMap(({ channels }) => channels)),
];
