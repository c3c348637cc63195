import { expect, it } from 'vitest';
import { nextAction, nextActions } from '../../core/next-action.ts';

const contact = { lead_status: 'cold', sales_stage: 'new', unsubscribed: 0, next_follow_up_at: null };

it('says what was stated before anything else', () => {
  expect(nextAction(contact, 'call_today')).toBe('call_today');
  expect(nextAction(contact, 'bring the blue folder')).toBe('as_stated');
});

it('follows status and stage', () => {
  expect(nextAction(contact, null)).toBe('first_touch');
  expect(nextAction({ ...contact, sales_stage: 'contacted' }, null)).toBe('follow_up');
  expect(nextAction({ ...contact, lead_status: 'hot' }, null)).toBe('call_today');
  expect(nextAction({ ...contact, lead_status: 'hot', sales_stage: 'replied' }, null)).toBe('answer_reply');
  expect(nextAction({ ...contact, lead_status: 'hot', next_follow_up_at: 1 }, null)).toBe('prepare_call');
  expect(nextAction({ ...contact, lead_status: 'dormant', sales_stage: 'replied' }, null)).toBe('re_engage');
  expect(nextAction({ ...contact, lead_status: 'customer' }, null)).toBe('onboard');
});

it('leaves alone who unsubscribed', () => {
  expect(nextAction({ ...contact, lead_status: 'hot', unsubscribed: 1 }, null)).toBe('leave_alone');
});

it('has words for every code', () => {
  expect(Object.values(nextActions).every((words) => words.length > 0)).toBe(true);
});
