/** What to do next with a contact: codes, never free text, so that they may be published. */

/** Code → the words of a page. */
export const nextActions = {
  as_stated: 'Do what was agreed',
  answer_reply: 'Answer the reply',
  prepare_call: 'Prepare the call',
  send_proposal: 'Send the proposal',
  close_deal: 'Follow up on the proposal',
  call_today: 'Call today',
  invite_to_call: 'Invite to a call',
  nurture: 'Send the next useful thing',
  re_engage: 'Win back',
  onboard: 'Onboard',
  retain: 'Ask how it went, offer the next training',
  first_touch: 'Make the first touch',
  follow_up: 'Follow up',
  leave_alone: 'Do not contact',
} as const;

export type NextAction = keyof typeof nextActions;

/** The part of a contact's summary that decides. */
export type NextActionInput = {
  lead_status: string;
  sales_stage: string;
  unsubscribed: number;
  next_follow_up_at: number | null;
};

/**
 * What status and stage ask for at `as_of` (UTC ms) where nobody stated a next action. Who unsubscribed is left alone, but for a call
 * that is booked; a call whose time is past and that was neither held nor cancelled is followed up.
 */
export function nextAction(contact: NextActionInput, as_of: number): NextAction {
  const { next_follow_up_at } = contact;
  if (next_follow_up_at !== null && next_follow_up_at >= as_of) return 'prepare_call';
  if (contact.unsubscribed === 1) return 'leave_alone';
  if (contact.lead_status === 'customer') return 'onboard';
  if (contact.lead_status === 'alumni') return 'retain';
  if (contact.sales_stage === 'closed_lost') return 'leave_alone';
  if (contact.lead_status === 'dormant') return 're_engage';
  if (next_follow_up_at !== null) return 'follow_up';
  if (contact.sales_stage === 'proposal') return 'close_deal';
  if (contact.sales_stage === 'called') return 'send_proposal';
  if (contact.sales_stage === 'replied') return 'answer_reply';
  if (contact.lead_status === 'hot') return 'call_today';
  if (contact.lead_status === 'warm') return 'invite_to_call';
  if (contact.lead_status === 'engaged') return 'nurture';
  return contact.sales_stage === 'new' ? 'first_touch' : 'follow_up';
}

/** A next action as people read it: the words of its code, or the text that somebody stated. */
export const nextActionText = (action: string): string =>
  Object.hasOwn(nextActions, action) ? nextActions[action as NextAction] : action;
