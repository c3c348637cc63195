/** Progress of a long command: one line on a terminal, nothing elsewhere. */
import { expect, it } from 'vitest';
import { progressText, withProgress } from '../../cli/progress.ts';

it.each([
  [0, 0, 'landing 0 of 1,000,000 rows'],
  [5000, 1000, 'landing 5,000 of 1,000,000 rows'],
  [250_000, 50_000, 'landing 250,000 of 1,000,000 rows, 5,000 a second, 2 min 30 s left'],
  [1_000_000, 200_000, 'landing 1,000,000 of 1,000,000 rows'],
])('%i rows after %i ms are told as %s', (done, elapsed, text) => {
  expect(progressText('landing', done, 1_000_000, elapsed)).toBe(text);
});

it.each([true, false])(
  'is drawn and taken away, if the stream is a terminal: %s',
  async (isTTY) => {
    const written: string[] = [];
    const stream = { isTTY, write: (text: string) => written.push(text) > 0 };
    const failing = withProgress(
      'landing',
      10,
      async (onRows) => {
        onRows(1);
        throw new Error('the house is closed');
      },
      stream,
    );
    await expect(failing).rejects.toThrow('the house is closed');
    const line = '\r\x1b[2K';
    expect(written).toEqual(isTTY ? [`${line}landing 1 of 10 rows`, line] : []);
  },
);
