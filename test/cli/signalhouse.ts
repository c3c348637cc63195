/**
 * The command line without a process of its own, which takes a second to start.
 * `exit-codes.test.ts` and `season/doors.test.ts` run the real binary.
 */
import { run } from '../../cli/run.ts';

/** Runs `signalhouse <args>` on the house in `folder`. */
export async function signalhouse(folder: string, ...args: string[]) {
  const before = process.env.SIGNALHOUSE_STATE;
  process.env.SIGNALHOUSE_STATE = folder;
  const printed = { stdout: '', stderr: '' };
  try {
    const status = await run(args, {
      out(text) {
        printed.stdout += text;
      },
      err(text) {
        printed.stderr += text;
      },
    });
    return { status, ...printed };
  } finally {
    if (before === undefined) delete process.env.SIGNALHOUSE_STATE;
    else process.env.SIGNALHOUSE_STATE = before;
  }
}
