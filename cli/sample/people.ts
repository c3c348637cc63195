/**
 * The 340 invented prospects of the sample house, with what they came for and how ready they are.
 */
import { DAY, HOUR, MINUTE, WEEK } from '../../core/durations.ts';
import { WEEKS } from './calendar.ts';
import type { Agent } from './names.ts';
import * as words from './names.ts';
import type { Random } from './prng.ts';

export type LeadType =
  | 'whatsapp'
  | 'facebook_ad'
  | 'trial_class'
  | 'mock_test'
  | 'ebook'
  | 'cold_email'
  | 'referral';

export type Prospect = {
  number: number;
  email: string;
  /** E.164; some are known by email only. */
  phone: string | null;
  fullName: string;
  company: string;
  role: string;
  industry: string;
  country: string;
  timezone: string;
  channel: string;
  leadType: LeadType;
  offer: string | null;
  term: string | null;
  yearLevel: string | null;
  tier: 1 | 2 | 3;
  /** Milliseconds relative to the season's end. */
  addedAt: number;
  agent: Agent;
  campaignTag: string | null;
  dealValue: number;
  /** Around 1; the readiness that opens, replies, answers and buys alike. */
  warmth: number;
};

/** The ad campaigns, as their links name them. */
export const adverts = ['autumn-open-day', 'exam-season'] as const;

const TIERS = [...Array(25).fill(1), ...Array(100).fill(2), ...Array(215).fill(3)] as (1 | 2 | 3)[];

const leadTypes: Record<LeadType, number> = {
  cold_email: 30,
  trial_class: 17,
  whatsapp: 13,
  facebook_ad: 13,
  mock_test: 10,
  ebook: 10,
  referral: 7,
};

/** Where each type of lead comes from. */
const channels: Record<LeadType, Record<string, number>> = {
  cold_email: { cold_email: 70, linkedin: 30 },
  trial_class: { organic: 55, social: 20, event: 15, direct: 10 },
  whatsapp: { social: 50, direct: 30, referral: 20 },
  facebook_ad: { paid: 100 },
  mock_test: { organic: 50, event: 30, email: 20 },
  ebook: { organic: 40, linkedin: 30, email: 20, display: 10 },
  referral: { referral: 100 },
};

const warmthOf: Record<LeadType, number> = {
  cold_email: 0.6,
  trial_class: 1.4,
  whatsapp: 1.2,
  facebook_ad: 0.75,
  mock_test: 1.15,
  ebook: 0.9,
  referral: 1.7,
};

/** Draws everyone, in the order in which they were added. */
export function drawPeople(random: Random): Prospect[] {
  const taken = new Set<string>();
  const tiers = random.shuffle(TIERS);
  const added = tiers.map(() => drawAddedAt(random)).sort((a, b) => a - b);
  return tiers.map((tier, number) =>
    drawProspect(random, number, tier, added[number] as number, taken),
  );
}

/** More leads come on weekdays and in the weeks of the two pushes (fourth and ninth). */
function drawAddedAt(random: Random): number {
  const week = Number(
    random.weighted({
      0: 9,
      1: 8,
      2: 8,
      3: 13,
      4: 10,
      5: 7,
      6: 7,
      7: 8,
      8: 13,
      9: 9,
      10: 7,
      11: 6,
    }),
  );
  const day = Number(random.weighted({ 0: 20, 1: 20, 2: 19, 3: 17, 4: 13, 5: 6, 6: 5 }));
  return (
    (week - WEEKS) * WEEK +
    day * DAY +
    7 * HOUR +
    random.whole(0, 14 * 60 - 1) * MINUTE +
    random.whole(0, 59) * 1000
  );
}

function drawProspect(
  random: Random,
  number: number,
  tier: 1 | 2 | 3,
  addedAt: number,
  taken: Set<string>,
): Prospect {
  const { fullName, email } = drawName(random, taken);
  const leadType = random.weighted(leadTypes);
  const trade = random.weighted(words.tradeWeights);
  const country = random.weighted({ US: 42, GB: 34, AU: 14, CA: 10 });
  const pupil = ['trial_class', 'mock_test', 'whatsapp'].includes(leadType);
  const channel = random.weighted(channels[leadType]);
  const reachable = random.chance(
    leadType === 'cold_email' ? 0.55 : leadType === 'ebook' ? 0.65 : 0.96,
  );
  return {
    number,
    email,
    phone: reachable ? words.countries[country].phone(number) : null,
    fullName,
    company: random.pick(words.companiesOf(trade)),
    role: random.pick(words.rolesOf(trade)),
    industry: trade,
    country,
    timezone: words.countries[country].zone,
    channel,
    leadType,
    offer:
      leadType in words.offers
        ? random.pick(words.offers[leadType as keyof typeof words.offers])
        : null,
    term: pupil ? (words.terms[addedAt < -6 * WEEK ? 2 : 3] as string) : null,
    yearLevel: pupil ? random.pick(words.yearLevels) : null,
    tier,
    addedAt,
    agent: words.agents[Number(random.weighted({ 0: 31, 1: 27, 2: 24, 3: 18 }))] as Agent,
    campaignTag: channel === 'paid' || channel === 'display' ? random.pick(adverts) : null,
    dealValue: [0, 2400, 1200, 600][tier] as number,
    warmth: warmthOf[leadType] * [0, 1.35, 1.1, 0.9][tier]! * random.around(1, 1.35),
  };
}

function drawName(random: Random, taken: Set<string>): { fullName: string; email: string } {
  for (;;) {
    const fullName = `${random.pick(words.givenNames)} ${random.pick(words.familyNames)}`;
    const email = `${fullName.toLowerCase().replace(' ', '.')}@${random.pick(words.mailDomains)}`;
    if (taken.has(fullName)) continue;
    taken.add(fullName);
    return { fullName, email };
  }
}
