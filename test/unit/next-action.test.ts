import { expect, it } from 'vitest';
import {
  type NextActionInput,
  nextAction,
  nextActions,
  nextActionText,
} from '../../core/next-action.ts';

const NOW = 100;
const at = (contact: NextActionInput) => nextAction(contact, NOW);
const contact = {
  lead_status: 'cold',
  sales_stage: 'new',
  unsubscribed: 0,
  next_follow_up_at: null,
};

it('follows status and stage', () => {
  expect(at(contact)).toBe('first_touch');
  expect(at({ ...contact, sales_stage: 'contacted' })).toBe('follow_up');
  expect(at({ ...contact, lead_status: 'hot' })).toBe('call_today');
  expect(at({ ...contact, lead_status: 'hot', sales_stage: 'replied' })).toBe('answer_reply');
  expect(at({ ...contact, lead_status: 'hot', next_follow_up_at: NOW })).toBe('prepare_call');
  expect(at({ ...contact, lead_status: 'hot', next_follow_up_at: NOW - 1 })).toBe('follow_up');
  expect(at({ ...contact, lead_status: 'dormant', sales_stage: 'replied' })).toBe('re_engage');
  expect(at({ ...contact, lead_status: 'customer' })).toBe('onboard');
});

it('leaves alone who unsubscribed', () => {
  expect(at({ ...contact, lead_status: 'hot', unsubscribed: 1 })).toBe('leave_alone');
});

it('has words for every code, and leaves what somebody stated as it is', () => {
  expect(Object.keys(nextActions).every((code) => nextActionText(code) !== code)).toBe(true);
  expect(nextActionText('bring the blue folder')).toBe('bring the blue folder');
});
