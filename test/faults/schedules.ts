/** Seeded schedules of faults for Google's double: each schedule holds several rules, of several kinds. */
import { randomOf } from './random.ts';

type Rule = {
  match?: { method?: string; path?: string };
  nth?: number;
  probability?: number;
  seed?: number;
  kind: string;
};

const KINDS = [
  'status:429',
  'status:500',
  'status:503',
  'status:502',
  'status:403:rateLimitExceeded',
  'drop-before',
  'drop-after',
  'delay:20',
  'status:401',
];
const TOKEN_KINDS = ['status:400', 'status:401', 'status:500', 'drop-before', 'drop-after'];
const TOKEN = { method: 'POST', path: '/token' };

/** The rules of schedule `seed`; the same seed gives the same schedule. */
export function scheduleOf(seed: number): Rule[] {
  const random = randomOf(seed);
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const rules: Rule[] = [];
  const count = 2 + Math.floor(random() * 4);
  for (let i = 0; i < count; i += 1) {
    const kind = oneOf(KINDS);
    // Reads and writes alike; a write is the rarer request, and the one that matters.
    const match = random() < 0.6 ? { match: { method: oneOf(['POST', 'PUT', 'PATCH', 'POST', 'POST']) } } : {};
    if (random() < 0.25) rules.push({ ...match, probability: 0.1 + random() * 0.4, seed: seed * 10 + i, kind });
    else rules.push({ ...match, nth: 1 + Math.floor(random() * (random() < 0.5 ? 4 : 12)), kind });
  }
  if (random() < 0.25) rules.unshift({ match: TOKEN, nth: 1 + Math.floor(random() * 2), kind: oneOf(TOKEN_KINDS) });
  if (random() < 0.05) rules.unshift({ match: TOKEN, probability: 1, kind: 'status:401' });
  return rules;
}

/** Schedules to run here: all of them in the full run. */
export const seedsOf = (full: number, few: number): number[] =>
  Array.from({ length: process.env.FULL ? full : few }, (_, i) => i + 1);
