/** The ordered list of views; the one way to load them. */
import { checks } from './checks/index.ts';
import { intermediate } from './intermediate/index.ts';
import { marts } from './marts/index.ts';
import { staging } from './staging/index.ts';

export type View = {
  name: string;
  sql: string;
  /** Says something of the whole house (a percentile, who names whom), so it reads everyone whatever the scope of the query. */
  isOfEveryone?: true;
  /** Has a few rows of everyone: whoever asks for many parts of the house asks for them once. */
  isAskedOnce?: true;
};

export const views: View[] = [...staging, ...intermediate, ...marts, ...checks];
export { checks, marts };
