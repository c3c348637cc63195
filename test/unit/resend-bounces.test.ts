/** What kind of bounce Resend tells of (F4, L4): only one for good stops the address. */
import { expect, it } from 'vitest';
import { normalise } from '../../workers/ingest/resend.ts';

it.each([
  ['Permanent', 'hard'],
  ['Transient', 'soft'],
  ['Undetermined', null],
])('%s is %s', (type, bounce_type) => {
  const data = {
    email_id: 'm',
    created_at: '2026-05-01T09:00:00Z',
    to: ['ana@example.com'],
    bounce: { type },
  };
  const body = JSON.stringify({ type: 'email.bounced', created_at: '2026-05-01T09:00:01Z', data });
  expect(normalise({ id: 'e', body })).toMatchObject([{ event_type: 'bounced', bounce_type }]);
});
