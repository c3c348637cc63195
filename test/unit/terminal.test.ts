/** What a lead wrote as a name reaches a terminal as letters, and nothing else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, forTerminal, widthOf } from '../../cli/terminal.ts';
import { textRecord } from '../../cli/text-record.ts';

describe('text for a terminal', () => {
  it.each([
    ['\u001b[31mAda\u001b[0m', 'Ada'],
    ['\u001b]8;;https://evil.example\u0007Ada\u001b]8;;\u0007', 'Ada'],
    ['Ada\u0000\u0007\u0008', 'Ada'],
    ['Ada\u202egnp.exe', 'Adagnp.exe'],
    ['\u2066Ada\u2069', 'Ada'],
    ['a\tb\r\nc\rd', 'a b\nc\nd'],
    ['\u009b2JAda', 'Ada'],
    ['Zoë 👩‍👩‍👧 日本', 'Zoë 👩‍👩‍👧 日本'],
    ['\ud800', '\ufffd'],
  ])('%j is %j', (text, safe) => {
    expect(forTerminal(text)).toBe(safe);
  });

  it('holds no control and turns no direction, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const safe = forTerminal(text);
        expect(safe).not.toMatch(/[^\P{Cc}\n]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u);
        expect(forTerminal(safe)).toBe(safe);
      }),
    );
  });

  it('is cut to the columns that it may take, never within a sign', () => {
    expect(cut('Mila Novak', 6)).toBe('Mila…');
    expect(cut('日本語', 4)).toBe('日…');
    expect(widthOf('日本語')).toBe(6);
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 40 }),
        (text, width) => {
          expect(widthOf(cut(text, width))).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  it('stays below the name of its field', () => {
    expect(textRecord({ name: 'Ada\nscore  999', score: 3 })).toBe(
      'name   Ada\n       score  999\nscore  3',
    );
  });
});
