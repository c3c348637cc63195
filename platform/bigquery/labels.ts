/** Labels of a house's tables and jobs. */
import { hash } from '../../core/hash.ts';

/** Fits a label's 63 characters. */
export const labelOf = (text: string): string => hash(text).slice(0, 40);

/**
 * The label `house` of everything that a house creates: it distinguishes houses without naming
 * them.
 */
export const houseLabel = (houseId: string): string => labelOf(houseId);
