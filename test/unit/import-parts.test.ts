/** Requests of an import are cut by facts and by bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOf } from '../../cli/import/parts.ts';

const fact = (notes: string) => ({ fact: JSON.stringify({ kind: 'contact', stated: { notes } }) });

describe('the parts of an import', () => {
  it('hold every fact once, in order, and are within what the house takes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400_000), { maxLength: 40 }), (sizes) => {
        const facts = sizes.map((size) => fact('é'.repeat(size)));
        const parts = [...partsOf(facts)];
        expect(parts.flat()).toEqual(facts);
        for (const part of parts) {
          const isSmall = Buffer.byteLength(part.map((text) => text.fact).join()) <= 1_500_000;
          expect(isSmall || part.length === 1).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('hold a thousand facts at most', () => {
    const parts = [...partsOf(Array.from({ length: 2500 }, () => fact('')))];
    expect(parts.map((part) => part.length)).toEqual([1000, 1000, 500]);
  });

  it('are one without facts, so that the house is asked', () => {
    expect([...partsOf([])]).toEqual([[]]);
  });
});
