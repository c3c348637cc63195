/**
 * The strongest of its events is the status of a mail, since what an event implies is weaker (F4).
 */
import { expect, it } from 'vitest';
import { eventTypes } from '../../core/facts/fact.ts';
import { mailStatuses } from '../../core/facts/mail-status.ts';

const strength = (type: (typeof eventTypes)[number]) => -mailStatuses.indexOf(type);

it('has every type of event, once', () =>
  expect([...mailStatuses].sort()).toEqual([...eventTypes].sort()));

it.each([
  ['clicked', 'opened'],
  ['clicked', 'delivered'],
  ['opened', 'delivered'],
  ['replied', 'delivered'],
  ['complained', 'delivered'],
  ...eventTypes
    .filter((type) => !['scheduled', 'failed', 'suppressed', 'sent'].includes(type))
    .map((type) => [type, 'sent'] as const),
] as const)('%s is stronger than %s, which it implies', (type, implied) =>
  expect(strength(type)).toBeGreaterThan(strength(implied)),
);
