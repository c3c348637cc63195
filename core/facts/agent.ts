import { hash } from '../hash.ts';
import { holdsAddress } from '../personal.ts';

/**
 * The id of a caller out of the name as stated: `Ana  Silva` and `ana silva` are one agent. Ids are
 * published, so an agent who is stated by an address gets an id that does not spell it (R12).
 */
export function agentId(name: string): string {
  if (holdsAddress(name)) return hash(name.trim().toLowerCase()).slice(0, 12);
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return slug || hash(name).slice(0, 12);
}

/** `stated` with the agent's id beside the name, where an agent is stated. */
export const withAgent = (
  stated: Record<string, string | number | null>,
): Record<string, string | number | null> =>
  typeof stated.agent === 'string' ? { ...stated, agent_id: agentId(stated.agent) } : stated;
