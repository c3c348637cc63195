/** One prospect's email: the messages of a sequence and what became of each, as Resend payloads. */
import { DAY, HOUR, MINUTE, SECOND } from '../../core/durations.ts';
import { inOffice } from './calendar.ts';
import { campaignOf, type Step } from './campaigns.ts';
import { apiDelivery, type Delivery, instant } from './delivery.ts';
import type { Prospect } from './people.ts';
import type { Random } from './prng.ts';
import {
  hardBounce,
  mailEvent,
  replyTo,
  type SampleMessage,
  softBounce,
  unsubscribed,
} from './resend.ts';

const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) ' +
    'Chrome/130.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like ' +
    'Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0',
];
const LINKS = [
  'https://house.example.com/trainings',
  'https://house.example.com/book',
  'https://house.example.com/results',
];

export type MailOutcome = {
  deliveries: Delivery[];
  repliedAt: number | null;
  clickedAt: number | null;
};

/**
 * Sends the steps until something stops the sequence: a reply, a bounce, an unsubscribe or `stopAt`
 * (relative ms).
 */
export function drawMail(
  random: Random,
  person: Prospect,
  end: number,
  stopAt: number,
): MailOutcome {
  const campaign = campaignOf(person);
  const deliveries: Delivery[] = [];
  let repliedAt: number | null = null;
  let clickedAt: number | null = null;
  const startsAt = person.addedAt + random.whole(1, 30) * HOUR;
  const version = campaign.versions.findLast((v) => v.liveAt <= startsAt) ?? campaign.versions[0]!;
  let enrolledStep = 0;
  let steppedAt = startsAt;
  let status = 'active';
  for (const step of campaign.steps) {
    const sentAt = inOffice(
      startsAt + step.delayDays * DAY + random.whole(-90, 90) * MINUTE,
      random,
    );
    if (sentAt >= Math.min(stopAt, 0)) break;
    enrolledStep = step.number;
    steppedAt = sentAt;
    const message = drawMessage(random, person, end, {
      id: campaign.id,
      version: version.version,
      step,
      sentAt,
      appeal: version.appeal,
    });
    deliveries.push(...message.deliveries);
    clickedAt ??= message.clickedAt;
    repliedAt = message.repliedAt;
    if (message.left) status = 'unsubscribed';
    if (message.stopped) break;
    if (step.number === campaign.steps.length) status = 'completed';
  }
  if (enrolledStep > 0)
    deliveries.push(
      apiDelivery(
        `/api/campaigns/${campaign.id}/contacts`,
        `enrol-${person.number}`,
        end + steppedAt,
        {
          contact: person.email,
          enrolled_at: instant(end + startsAt),
          current_step: enrolledStep,
          status,
        },
      ),
    );
  return { deliveries, repliedAt, clickedAt };
}

type Sending = { id: string; version: number; step: Step; sentAt: number; appeal: number };
type Message = {
  deliveries: Delivery[];
  clickedAt: number | null;
  repliedAt: number | null;
  stopped: boolean;
  left: boolean;
};

function drawMessage(random: Random, person: Prospect, end: number, sending: Sending): Message {
  const { step, sentAt } = sending;
  const message: SampleMessage = {
    id: `sample-mail-${person.number}-${step.number}`,
    to: person.email,
    createdAt: end + sentAt,
    subject: step.subject,
    campaign: sending.id,
    version: sending.version,
    step: step.number,
    type: step.type,
  };
  const deliveries: Delivery[] = [];
  const happened = (type: string, at: number, more: Record<string, unknown> = {}) => {
    if (at < 0) deliveries.push(mailEvent(message, type, end + at, deliveries.length + 1, more));
  };
  const result = {
    deliveries,
    clickedAt: null as number | null,
    repliedAt: null as number | null,
    stopped: false,
    left: false,
  };
  happened('sent', sentAt + 800);
  if (random.chance(0.003)) {
    happened('failed', sentAt + 1_500, { failed: { reason: 'rejected_by_server' } });
    return result;
  }
  if (random.chance(step.number === 1 ? 0.028 : 0.005)) {
    const hard = random.chance(0.75);
    happened('bounced', sentAt + 4_000, hard ? hardBounce : softBounce);
    return { ...result, stopped: hard };
  }
  const isDelayed = (person.number + 5 * step.number) % 31 === 0;
  if (isDelayed) happened('delivery_delayed', sentAt + 45_000);
  const deliveredAt = sentAt + random.whole(2, 40) * (isDelayed ? MINUTE : SECOND);
  happened('delivered', deliveredAt);
  if (random.chance(0.1)) happened('opened', deliveredAt + random.whole(300, 1_700));
  const likes = person.warmth * sending.appeal * ([1.1, 1, 0.9, 0.95][step.number - 1] as number);
  if (!random.chance(Math.min(0.75, 0.27 * likes))) return result;
  const openedAt = deliveredAt + random.around(3 * HOUR, 3.2);
  happened('opened', openedAt);
  if (random.chance(0.25)) happened('opened', openedAt + random.around(9 * HOUR, 2));
  if (random.chance(Math.min(0.7, 0.27 * likes))) {
    result.clickedAt = openedAt + random.whole(6, 240) * 1_000;
    const timestamp = instant(end + result.clickedAt);
    const click = {
      ipAddress: '192.0.2.10',
      link: random.pick(LINKS),
      timestamp,
      userAgent: random.pick(BROWSERS),
    };
    happened('clicked', result.clickedAt, { click });
  }
  if (random.chance(Math.min(0.5, 0.17 * likes))) {
    const repliedAt = openedAt + random.around(50 * MINUTE, 3);
    if (repliedAt < 0) {
      deliveries.push(replyTo(message, end + repliedAt));
      return { ...result, repliedAt, stopped: true };
    }
  } else if (random.chance(0.014)) {
    if (openedAt < -MINUTE)
      deliveries.push(
        unsubscribed(person.email, `sample-contact-${person.number}`, end + openedAt + 30_000),
      );
    return { ...result, stopped: true, left: true };
  } else if (random.chance(0.003)) {
    happened('complained', openedAt + MINUTE);
    return { ...result, stopped: true, left: true };
  }
  return result;
}
