import type { Contract } from '../../contract.ts';
import type { View } from '../index.ts';

/** Every published table: its view and, beside it, its contract. */
export const marts: (View & { contract: Contract })[] = [];
