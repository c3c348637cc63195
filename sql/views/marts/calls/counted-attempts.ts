/** What the marts of calls count of attempts, as published rows. */

export const connected = { only: 't.is_connected' };
export const talkMinutes = {
  only: 't.is_connected',
  of: 'coalesce(sum(t.duration_seconds), 0) / 60.0',
};
export const countPeople = 'count(distinct t.contact_key)';
