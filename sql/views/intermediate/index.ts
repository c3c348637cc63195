import type { View } from '../index.ts';

export const intermediate: View[] = [];
