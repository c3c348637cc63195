/** One line of the log per failure, which names nobody. */

/** Texts of errors may quote what was sent, so only D1's own, which speak of tables, are repeated; of others the place. */
export function logFailure(where: string, error: unknown): void {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const place = stack?.split('\n').find((line) => line.trimStart().startsWith('at ')) ?? '';
  console.error(`${where}: ${message.startsWith('D1_') ? message : `${name} ${place.trim()}`}`);
}
