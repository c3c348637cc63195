import { expect, it } from 'vitest';
import { nextAction, nextActions, nextActionText } from '../../core/next-action.ts';

const contact = { lead_status: 'cold', sales_stage: 'new', unsubscribed: 0, next_follow_up_at: null };

it('follows status and stage', () => {
  expect(nextAction(contact)).toBe('first_touch');
  expect(nextAction({ ...contact, sales_stage: 'contacted' })).toBe('follow_up');
  expect(nextAction({ ...contact, lead_status: 'hot' })).toBe('call_today');
  expect(nextAction({ ...contact, lead_status: 'hot', sales_stage: 'replied' })).toBe('answer_reply');
  expect(nextAction({ ...contact, lead_status: 'hot', next_follow_up_at: 1 })).toBe('prepare_call');
  expect(nextAction({ ...contact, lead_status: 'dormant', sales_stage: 'replied' })).toBe('re_engage');
  expect(nextAction({ ...contact, lead_status: 'customer' })).toBe('onboard');
});

it('leaves alone who unsubscribed', () => {
  expect(nextAction({ ...contact, lead_status: 'hot', unsubscribed: 1 })).toBe('leave_alone');
});

it('has words for every code, and leaves what somebody stated as it is', () => {
  expect(Object.keys(nextActions).every((code) => nextActionText(code) !== code)).toBe(true);
  expect(nextActionText('bring the blue folder')).toBe('bring the blue folder');
});
