/** How a served house is told to stop. */

/** A terminal sends one Ctrl-C to npm and to us, and npm passes it on. */
const SAME_MS = 500;
const INTERRUPTED = 130;

/**
 * Resolves at the first SIGINT or SIGTERM. A second one ends the process at once, which loses
 * nothing: everything acknowledged is in the inbox.
 */
export function untilStopped(): Promise<void> {
  return new Promise((done) => {
    let first: number | undefined;
    const stop = () => {
      if (first !== undefined && Date.now() - first > SAME_MS) process.exit(INTERRUPTED);
      first ??= Date.now();
      done();
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      // The runtime's own handler would end the process at once, before the house is released.
      process.removeAllListeners(signal);
      process.on(signal, stop);
    }
  });
}
