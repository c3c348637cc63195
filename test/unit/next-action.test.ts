import { expect, it } from 'vitest';
import { nextActions, nextActionText } from '../../core/next-action.ts';

it('has words for every code, and leaves what somebody stated as it is', () => {
  expect(Object.keys(nextActions).every((code) => nextActionText(code) !== code)).toBe(true);
  expect(nextActionText('bring the blue folder')).toBe('bring the blue folder');
  expect(nextActionText('constructor')).toBe('constructor');
});
