/** One thing that has to be right before the house can publish to Google: what was found, and what to do about it. */

export type Check = {
  check: string;
  ok: boolean;
  found: string;
  /** What to do; where the check is right, advice. Null: nothing. */
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

/** Checks as a person reads them, one a line, with the fix below where there is one. */
export const checkLines = (checks: Check[]): string[] =>
  checks.flatMap(({ check, ok, found, fix }) => [
    `${ok ? '✓' : '✗'} ${check.padEnd(INDENT - 2)}${found}`,
    ...(fix ? [`${' '.repeat(INDENT)}${ok ? 'note' : 'fix'}: ${fix}`] : []),
  ]);
