/** What happens once nobody reads this process's output any more (`npm start | head -1`). */

/**
 * A command ends quietly at its next line, as other tools do. A server goes on: it is there for others than whoever started
 * it, and its lines go nowhere.
 */
export function surviveReaders(isServer: boolean): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      if (!isServer) process.exit();
    });
}
