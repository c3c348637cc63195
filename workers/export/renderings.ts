/**
 * What a night renders: each mart once, and once more for a destination that carries only some of
 * its rows.
 */
import type { DestinationName } from '../../core/destinations.ts';
import type { Contract } from '../../sql/contract.ts';
import { marts } from '../../sql/views/index.ts';
import type { Part } from '../../warehouse/read/mart-rows.ts';
import { destination } from './destinations.ts';
import type { Env } from './env.ts';

export type Rendering = { key: string; contract: Contract; part: Part };

/** In the order of the marts, each once. */
export function renderings(env: Env, to: DestinationName[]): Rendering[] {
  const places = to.map((name) => destination(env, name));
  const found = new Map<string, Rendering>();
  for (const { name: mart, contract } of marts)
    for (const place of places.filter((candidate) => candidate.carries(contract))) {
      const condition = place.condition?.(contract);
      const part = condition ? { name: place.name, condition } : null;
      const key = part ? `${mart} for ${part.name}` : mart;
      found.set(key, { key, contract, part });
    }
  return [...found.values()];
}
