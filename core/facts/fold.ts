/**
 * How a thing's fields fold out of its observations (G6, P4, F1). What is not named here takes the
 * latest value stated.
 * Home of G6.
 */

import { campaignStatuses, enrolmentStatuses, purchaseStatuses } from './fields.ts';
import type { ThingKind } from './thing-kinds.ts';

export type FoldPolicy = {
  /** Describes a beginning: the earliest statement holds. */
  earliest?: readonly string[];
  /** The smallest value stated holds. */
  smallest?: readonly string[];
  /** Ranked from weak to strong; decides between statements of one instant. */
  ranks?: Record<string, readonly string[]>;
  /** Of what one source says of a thing (`version_of`), only the latest observation counts. */
  isVersioned?: true;
  /** For one provider: the smallest values, and the strongest of a ranked one, whenever stated. */
  byProvider?: readonly {
    provider: string;
    smallest: readonly string[];
    strongest?: Record<string, readonly string[]>;
  }[];
};

export const foldPolicies: Record<ThingKind, FoldPolicy> = {
  contact: {
    earliest: ['channel_origin', 'lead_type', 'utm_source', 'utm_medium', 'utm_campaign'],
    smallest: ['lead_added_at'],
    isVersioned: true,
  },
  interaction: {},
  call: {
    byProvider: [
      {
        provider: 'discord',
        smallest: ['started_at', 'skipped_at', 'seen_booked_at'],
        strongest: { class: ['no_call', 'voicemail', 'connected', 'booked'] },
      },
      // A booking that is moved is told again, and stays made when it was made first.
      { provider: 'cal', smallest: ['booked_at'] },
    ],
  },
  purchase: { ranks: { status: purchaseStatuses }, smallest: ['refunded_in_all'] },
  campaign: { ranks: { status: campaignStatuses } },
  enrolment: { ranks: { status: enrolmentStatuses } },
  planned_step: {},
  ad_spend: {},
};
