/** Steps of sequences that people wrote elsewhere: what is to be said, and when (E2). */
import { agentId } from './agent.ts';
import type { Fact } from './fact.ts';
import { fittingKey, type Row } from './row.ts';

/** A sender in one cell: `Sloane <sloane@x.example>`, `Sloane / sloane@x.example`, or either. */
function senderOf(text: string): { from_name?: string; from_address?: string } {
  const address = /[^\s<>/,;]+@[^\s<>/,;]+/.exec(text)?.[0];
  const name = text
    .replace(address ?? '', '')
    .replace(/[<>/,;]/g, ' ')
    .trim();
  return {
    ...(name ? { from_name: name } : {}),
    ...(address ? { from_address: address } : {}),
  };
}

export function sequenceFacts(row: Row): Fact[] {
  row.need('sequence', 'step');
  const observed_at = row.observedAt();
  if (row.errors.length > 0) return [];
  const version = row.number('version') ?? 1;
  return [
    {
      kind: 'planned_step',
      ...row.context.origin,
      thing_key: fittingKey(`${agentId(row.text('sequence')!)}:${version}:${row.number('step')}`),
      observation_key: row.observation_key,
      observed_at,
      stated: { ...senderOf(row.text('from') ?? ''), ...row.stated(), version },
    },
  ];
}
