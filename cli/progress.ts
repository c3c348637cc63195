/** How far a long command is: one line on a terminal, written over and over; elsewhere nothing. */
import { count, minutes } from '../core/display/numbers.ts';
import { MINUTE, SECOND } from '../core/durations.ts';

const CLEAR_LINE = '\r\x1b[2K';
const REDRAW_MS = 200;
/** How long the rate has to settle before it tells what is left. */
const SETTLED_MS = 2 * SECOND;

/** `verb` as in 'landing'; `elapsed` in ms since `done` was 0. */
export function progressText(verb: string, done: number, total: number, elapsed: number): string {
  const text = `${verb} ${count(done)} of ${count(total)} rows`;
  if (elapsed < SETTLED_MS || done === 0 || done >= total) return text;
  const rate = count(Math.round((done / elapsed) * SECOND));
  const left = minutes(((total - done) * elapsed) / done / MINUTE);
  return `${text}, ${rate} a second, ${left} left`;
}

/** Runs the work, which says how many rows are done whenever it likes. */
export async function withProgress<Result>(
  verb: string,
  total: number,
  work: (onRows: (done: number) => void) => Promise<Result>,
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
): Promise<Result> {
  if (!stream.isTTY) return work(() => {});
  const started = performance.now();
  let drawn = Number.NEGATIVE_INFINITY;
  const draw = (done: number) => {
    const now = performance.now();
    if (now - drawn < REDRAW_MS) return;
    drawn = now;
    stream.write(`${CLEAR_LINE}${progressText(verb, done, total, now - started)}`);
  };
  try {
    return await work(draw);
  } finally {
    stream.write(CLEAR_LINE);
  }
}
