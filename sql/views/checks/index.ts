import type { View } from '../index.ts';

/** A conservation law: its view returns offending rows; empty means that it holds. */
export type Check = View & {
  /** 'block' stops the publish, 'warn' is published in data quality only. */
  severity: 'block' | 'warn';
};

export const checks: Check[] = [];
