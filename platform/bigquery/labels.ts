/** What the tables and jobs of a house say about themselves in labels. */
import { hash } from '../../core/hash.ts';

/** Fits a label's 63 characters. */
export const labelOf = (text: string): string => hash(text).slice(0, 40);

/** The label `house` of everything that a house makes: it tells houses apart without naming them. */
export const houseLabel = (houseId: string): string => labelOf(houseId);
