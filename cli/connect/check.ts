/** One condition for publishing to Google: what was found, and what to do about it. */

export type Check = {
  check: string;
  ok: boolean;
  found: string;
  /** What to do, or advice if the check passed; null if there is nothing to do. */
  fix: string | null;
};

export const right = (check: string, found: string, advice: string | null = null): Check => ({
  check,
  ok: true,
  found,
  fix: advice,
});

export const wrong = (check: string, found: string, fix: string): Check => ({
  check,
  ok: false,
  found,
  fix,
});

const INDENT = 17;

/** Checks as a person reads them, one per line, with any fix below. */
export const checkLines = (checks: Check[]): string[] =>
  checks.flatMap(({ check, ok, found, fix }) => [
    `${ok ? '✓' : '✗'} ${check.padEnd(INDENT - 2)}${found}`,
    ...(fix ? [`${' '.repeat(INDENT)}${ok ? 'note' : 'fix'}: ${fix}`] : []),
  ]);
