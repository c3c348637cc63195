/** Facts as the version before wrote them: they wait in a queue, in quarantine or for a contact. */
import { callMedium, callProviders } from './origin.ts';

type Earlier = { kind?: unknown; source: string; stated?: Record<string, unknown> };

const isEarlier = (stored: unknown): stored is Earlier =>
  typeof stored === 'object' &&
  stored !== null &&
  'source' in stored &&
  typeof stored.source === 'string' &&
  !('provider' in stored);

/**
 * The same fact with its origin in three fields, where it has one `source` (until migration 0015);
 * everything else as it is. A call stated its source a second time.
 */
export function upgradeFact(stored: unknown): unknown {
  if (!isEarlier(stored)) return stored;
  const { source, ...fact } = stored;
  if (fact.kind === 'email_event') return { ...fact, provider: source, medium: 'email' };
  if (fact.kind !== 'call') return { ...fact, provider: source };
  const { source: named, ...stated } = fact.stated ?? {};
  const provider = callProviders.includes(String(named)) ? String(named) : source;
  return { ...fact, provider, medium: callMedium(provider), stated };
}
