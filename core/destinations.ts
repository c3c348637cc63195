/** Everything that an export can publish to. */
export const destinationNames = ['files', 'sheets', 'bigquery'] as const;
export type DestinationName = (typeof destinationNames)[number];
