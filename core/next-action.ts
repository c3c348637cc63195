/** The codes of next actions, which `int_next_actions` decides; free text is never among them. */

/** Code → the text on a page. */
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

/** A next action as people read it: the text of its code, or the text that someone stated. */
export const nextActionText = (action: string): string =>
  Object.hasOwn(nextActions, action) ? nextActions[action as keyof typeof nextActions] : action;
