/**
 * The pipeline stage of rules section 4.
 * Home of S1, S2.
 */
import { ladders } from '../rules/config.ts';
import type { ContactEvent } from './contact-event.ts';

export const salesStages = [...ladders.pipeline.stages, 'closed_lost'] as const;
export type SalesStage = (typeof salesStages)[number];

const isSalesStage = (text: string): text is SalesStage => salesStages.includes(text as SalesStage);
const isPurchase = ({ event }: ContactEvent): boolean =>
  event === 'purchased' || event === 'receipt';

/**
 * The stage that an event leads to, if any (S1). A connected dial is a touch; only a completed call
 * is `called`.
 */
function stageOf(event: ContactEvent): SalesStage | undefined {
  if (isPurchase(event) || event.event === 'closed_won') return 'closed_won';
  if (event.event === 'proposal_sent' || (event.event === 'sent' && event.detail === 'proposal'))
    return 'proposal';
  if (event.event === 'call_completed') return 'called';
  if (event.event === 'booked') return 'scheduled';
  if (event.event === 'replied' || event.event === 'converted') return 'replied';
  return event.is_touch ? 'contacted' : undefined;
}

export type StageMove = { stage: SalesStage; cause: string; rule_id: string };

/**
 * The stage after all events of one instant. Facts only advance it (S2); a stage set by hand wins,
 * of two the one with the greater key; only a person or a purchase leaves closed_lost (P5).
 */
export function moveStage(from: SalesStage, events: ContactEvent[]): StageMove {
  let move: StageMove = { stage: from, cause: '', rule_id: '' };
  for (const event of events) {
    const to = stageOf(event);
    if (!to) continue;
    const leaves =
      move.stage === 'closed_lost'
        ? isPurchase(event)
        : salesStages.indexOf(to) > salesStages.indexOf(move.stage);
    if (leaves) move = { stage: to, cause: event.event, rule_id: 'S1' };
  }
  for (const { event, detail } of events)
    if (event === 'stated_stage' && isSalesStage(detail))
      move = { stage: detail, cause: event, rule_id: 'S2' };
  return move;
}
