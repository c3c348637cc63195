/** Handles the end of whoever reads this process's output (`npm start | head -1`). */

/**
 * A command ends quietly at its next line, as other tools do. A server keeps running, since it
 * serves others too; its output is dropped.
 */
export function surviveReaders(isServer: boolean): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      if (!isServer) process.exit();
    });
}
