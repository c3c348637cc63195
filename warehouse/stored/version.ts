import { hash } from '../../core/hash.ts';
import { expandMacros } from '../../sql/macros.ts';

/** Names the rows that these texts make: the rules stand in them, so that others make others. */
export const versionOf = (texts: string[]): string =>
  hash(expandMacros(texts.join('\n'), 'sqlite')).slice(0, 16);
