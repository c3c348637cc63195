/** The four campaigns, their sequence versions and steps, and who is enrolled where. */
import { DAY, WEEK } from '../../core/durations.ts';
import { WEEKS } from './calendar.ts';
import { apiDelivery, type Delivery, instant } from './delivery.ts';
import type { Prospect } from './people.ts';

export type Step = { number: number; delayDays: number; type: string; subject: string };
export type Campaign = {
  id: string;
  name: string;
  goal: string;
  /**
   * The version that goes live at this instant (ms relative to the season's end), and how well it
   * performs.
   */
  versions: { version: number; liveAt: number; appeal: number }[];
  steps: Step[];
  owner: string;
};

const steps = (subjects: readonly [string, string, string, string]): Step[] =>
  subjects.map((subject, index) => ({
    number: index + 1,
    delayDays: [0, 3, 7, 12][index] as number,
    type: ['pain_point', 'solution', 'competitor_threat', 'invitation'][index] as string,
    subject,
  }));

export const campaigns: readonly Campaign[] = [
  {
    id: 'cold-training-leads',
    name: 'Cold: training leads',
    goal: 'awareness',
    owner: 'Maya Hollis',
    versions: [
      { version: 1, liveAt: -WEEKS * WEEK, appeal: 0.8 },
      { version: 2, liveAt: -6 * WEEK, appeal: 1.15 },
    ],
    steps: steps([
      'What untrained weeks cost your team',
      'How three teams made training stick',
      'What others in your trade train this autumn',
      'A plan for your team, on one page',
    ]),
  },
  {
    id: 'trial-follow-up',
    name: 'Trial class follow-up',
    goal: 'conversion',
    owner: 'Theo Lindqvist',
    versions: [
      { version: 1, liveAt: -WEEKS * WEEK, appeal: 1.1 },
      { version: 2, liveAt: -7 * WEEK, appeal: 0.95 },
      { version: 3, liveAt: -4 * WEEK, appeal: 1.3 },
    ],
    steps: steps([
      'Where pupils lose marks without noticing',
      'What the trial class showed us',
      'Places for this term are going',
      'Your place and what it includes',
    ]),
  },
  {
    id: 'mock-test-nurture',
    name: 'Mock tests: from result to plan',
    goal: 'nurture',
    owner: 'Priya Keane',
    versions: [{ version: 1, liveAt: -WEEKS * WEEK, appeal: 1.05 }],
    steps: steps([
      'Three gaps that a mock test shows',
      'Closing a gap in four weeks',
      'How the other candidates prepare',
      'A preparation plan for you',
    ]),
  },
  {
    id: 'referral-welcome',
    name: 'Referral welcome',
    goal: 'conversion',
    owner: 'Sam Okafor',
    versions: [{ version: 1, liveAt: -WEEKS * WEEK, appeal: 1.2 }],
    steps: steps([
      'A friend thought of you',
      'What your friend learned with us',
      'Why people change to us',
      'The offer for friends of the house',
    ]),
  },
];

export function campaignOf(person: Prospect): Campaign {
  const id = {
    referral: 2 + 1,
    trial_class: 1,
    whatsapp: 1,
    mock_test: 2,
    ebook: 2,
    facebook_ad: 0,
    cold_email: 0,
  }[person.leadType];
  return campaigns[id] as Campaign;
}

/** The campaigns themselves, known before the first lead. */
export function campaignDeliveries(end: number): Delivery[] {
  return campaigns.map((campaign) => {
    const at = end - WEEKS * WEEK - 3 * DAY;
    return apiDelivery('/api/campaigns', `campaign-${campaign.id}`, at, {
      external_id: campaign.id,
      name: campaign.name,
      goal: campaign.goal,
      channel: 'email',
      status: 'active',
      owner: campaign.owner,
      start_at: instant(end - WEEKS * WEEK),
    });
  });
}
