/** Exit codes of the command line, listed in `docs/cli.md`, and the errors that carry them. */
import { Fault, type FaultCode } from '../core/faults.ts';

export const EXIT = { ok: 0, failed: 1, usage: 2, refused: 3, not_found: 4 } as const;

/** A command got arguments that it does not accept; the message says which ones it does. */
export class UsageError extends Error {}

const refused: FaultCode[] = [
  'bad_input',
  'unknown_column',
  'sample_house',
  'other_house',
  'config',
  'too_large',
  'file_exists',
];

/** The exit code of a thrown error: a refusal changes nothing, a failure can be tried again. */
export function exitCode(error: unknown): number {
  if (error instanceof UsageError) return EXIT.usage;
  if (!(error instanceof Fault)) return EXIT.failed;
  if (error.code === 'not_found') return EXIT.not_found;
  return refused.includes(error.code) ? EXIT.refused : EXIT.failed;
}
