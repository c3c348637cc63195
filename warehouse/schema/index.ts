/** Drizzle's model of the tables: the typed way to name them in simple reads and writes. */
export * from './attribution.ts';
export * from './derived.ts';
export * from './facts.ts';
export * from './imports.ts';
export * from './jobs.ts';
export * from './people.ts';
export * from './sources.ts';
export * from './stored-marts.ts';
export * from './stored-views.ts';
