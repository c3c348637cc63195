/** One line of the log per failure, which names nobody. */
import { d1Message } from '../warehouse/statement.ts';

/**
 * Texts of errors may quote what was sent, so only D1's own, which speak of tables, are repeated;
 * of others the place.
 */
export function logFailure(where: string, error: unknown): void {
  const { name, stack } = error instanceof Error ? error : new Error(String(error));
  const place = stack?.split('\n').find((line) => line.trimStart().startsWith('at ')) ?? '';
  console.error(`${where}: ${d1Message(error) ?? `${name} ${place.trim()}`}`);
}
