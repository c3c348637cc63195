/** A number under its format reads as the text that the page says. */
import { formatValue } from 'hucre';
import { expect, it } from 'vitest';
import { numberFormat } from '../../core/pages/number-format.ts';

it.each([
  [1200, '1,200'],
  [0.32, '32 %'],
  [0.043, '4.3 %'],
  [12_300, '$12,300'],
  [-950.5, '−$950.50'],
  [45_000, '+¥45,000'],
  [-1.5, '−1.5 pts'],
  [0, 'no change'],
  [50, '50 emails, 2–3 calls'],
])('%d reads as %s', (number, text) => {
  expect(formatValue(number, numberFormat(text))).toBe(text);
});

it('keeps the share beside a count as words', () => {
  expect(numberFormat('1,176 (98 %)')).toBe('#,##0" (98 %)";"−"#,##0" (98 %)";#,##0" (98 %)"');
});

it('shows a duration in minutes', () => {
  const said = [
    [0.75, '45 s', '0.8 min'],
    [3.67, '3 min 40 s', '3.7 min'],
    [-1.5, '−1 min 30 s', '−1.5 min'],
    [210, '3 h 30 min', '210.0 min'],
  ] as const;
  for (const [number, text, shown] of said)
    expect(formatValue(number, numberFormat(text))).toBe(shown);
});
