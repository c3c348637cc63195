import { describe, expect, it } from 'vitest';
import { rankSpread } from '../../core/attribution/ranks.ts';

describe('the spread of ranks over models', () => {
  it('is the worst place less the best, ties by name', () => {
    const models = [
      new Map([
        ['email', 5],
        ['call', 3],
        ['event', 3],
      ]),
      new Map([
        ['email', 1],
        ['call', 2],
        ['event', 9],
      ]),
    ];
    // email 1st and 3rd; call 2nd and 2nd; event 3rd and 1st.
    expect([...rankSpread(models)]).toEqual([
      ['email', 2],
      ['call', 0],
      ['event', 2],
    ]);
  });
});
