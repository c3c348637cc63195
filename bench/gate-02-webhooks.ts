/**
 * Gate 2: durable acknowledged webhooks against the same Worker only verifying a signature. Timed.
 * And the memory of workerd while 20,000 webhooks come as fast as it takes them.
 */
import { type Delivery, mailEvent, signed } from '../test/signed.ts';
import { type BenchHouse, inChunks, withBenchHouse } from './house.ts';
import {
  cpuOfWorkerd,
  type Gate,
  inverse,
  type Measure,
  pairsOf,
  QUICK,
  type Ratio,
  ratioOfPairs,
  workerdMemory,
} from './measure.ts';

const PAIRS = pairsOf(9);
/**
 * Below the queue's batch, and over before its timeout: the consumer runs once all are answered.
 */
const BURST = 90;
const BURSTS_PER_PAIR = 4;
const QUEUE_TIMEOUT_MS = 1000;
const AT_ONCE = 16;
const MANY = 20_000;
const LOOKED_AT = [2_000, 10_000, 20_000];
const OTHER_SECRET = `whsec_${btoa('a secret that the house does not have')}`;
const TYPES = ['email.sent', 'email.delivered', 'email.opened', 'email.clicked'];

/** The nth event of a stream: four of each mail, two mails of each person. */
function delivery(n: number, secret?: string): Delivery {
  const mail = Math.floor(n / TYPES.length);
  const data = { email_id: `m${mail}`, to: [`p${Math.floor(mail / 2)}@example.org`] };
  const at = new Date(Date.UTC(2026, 2, 1) + n * 1000).toISOString();
  return signed(`evt_${n}`, mailEvent(TYPES[n % TYPES.length]!, data, at), secret);
}

/** Posts them as fast as the house answers; every answer must be `status`. */
async function post(house: BenchHouse, deliveries: Delivery[], status: number): Promise<void> {
  const rest = deliveries.values();
  const url = new URL('/webhooks/resend', house.url);
  const sender = async () => {
    for (const each of rest) {
      const answer = await fetch(url, each);
      await answer.arrayBuffer();
      if (answer.status !== status) throw new Error(`a webhook was answered ${answer.status}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
}

const landed = (house: BenchHouse, events: number): Promise<void> =>
  house.until('select count(*) from email_events', events, 600_000);

type Speed = { cost: Ratio; late: number };

/** CPU of workerd for acknowledging ÷ for refusing as many with a signature of another secret. */
async function speed(env: Record<string, string>): Promise<Speed> {
  let sent = 0;
  let late = 0;
  const burst = (secret?: string) =>
    Array.from({ length: BURST }, (_, i) => delivery(sent + i, secret));
  const cost = await withBenchHouse(async (house) => {
    const acknowledge = async () => {
      const deliveries = burst();
      const start = performance.now();
      const cpu = await cpuOfWorkerd(() => post(house, deliveries, 200));
      if (performance.now() - start > QUEUE_TIMEOUT_MS) late++;
      sent += BURST;
      await landed(house, sent);
      return cpu;
    };
    const refuse = () => {
      const deliveries = burst(OTHER_SECRET);
      return cpuOfWorkerd(() => post(house, deliveries, 401));
    };
    const often = (work: () => Promise<number>) => async () => {
      let cpu = 0;
      for (let i = 0; i < BURSTS_PER_PAIR; i++) cpu += await work();
      return cpu;
    };
    await often(acknowledge)();
    await often(refuse)();
    late = 0;
    return ratioOfPairs(often(acknowledge), often(refuse), PAIRS);
  }, env);
  return { cost, late };
}

async function memory(): Promise<Measure> {
  return withBenchHouse(
    async (house) => {
      const seen: number[] = [];
      let sent = 0;
      let posting = 0;
      for (const upTo of LOOKED_AT) {
        for (const chunk of inChunks(
          Array.from({ length: upTo - sent }, (_, i) => sent + i),
          1000,
        )) {
          const deliveries = chunk.map((n) => delivery(n));
          const start = performance.now();
          await post(house, deliveries, 200);
          posting += performance.now() - start;
        }
        sent = upTo;
        seen.push(workerdMemory());
      }
      const rate = Math.round((MANY / posting) * 1000);
      const backlog = await house.db.prepare('select count(*) as n from inbox').first<number>('n');
      await landed(house, MANY);
      const figures = LOOKED_AT.map((events, i) => `${seen[i]!.toFixed(0)} MB at ${events}`);
      return {
        gate: 2,
        measure: `memory of workerd, ${MANY} webhooks`,
        value: seen.at(-1)! / seen.at(-2)!,
        reference: `resident at ${LOOKED_AT.at(-1)} ÷ at ${LOOKED_AT.at(-2)}`,
        better: 'less',
        note: [
          ...figures,
          `${rate} acknowledged a second while they land`,
          `${backlog} still in the inbox after the last answer, then all landed`,
        ].join('; '),
      } satisfies Measure;
    },
    { INBOX_LOCAL: '1' },
  );
}

const REFERENCE = 'the same Worker answering 401 to a signature that does not fit';
const noteOf = ({ late }: Speed): string | undefined =>
  late > 0 ? `${late} bursts were slow enough for landing to count in` : undefined;

function measureOf(name: string, found: Speed): Measure {
  const note = noteOf(found);
  return {
    gate: 2,
    measure: `acknowledged webhooks per CPU second, ${name}`,
    ...inverse(found.cost),
    reference: REFERENCE,
    better: 'more',
    ...(note === undefined ? {} : { note }),
  };
}

async function run(): Promise<Measure[]> {
  const queue = measureOf('queue (Cloudflare)', await speed({}));
  const inbox = measureOf('inbox (local house)', await speed({ INBOX_LOCAL: '1' }));
  const gated = { ...queue, limit: 0.4, moonshot: 0.8 };
  return QUICK ? [gated, inbox] : [gated, inbox, await memory()];
}

export const gate: Gate = { name: '2', run };
