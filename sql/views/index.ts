/** The ordered list of views; the one way to load them. */
import { checks } from './checks/index.ts';
import { intermediate } from './intermediate/index.ts';
import { marts } from './marts/index.ts';
import { staging } from './staging/index.ts';
import type { View } from './view.ts';

export const views: View[] = [...staging, ...intermediate, ...marts, ...checks];
export { checks, marts };
