import type { View } from '../index.ts';

export const staging: View[] = [];
