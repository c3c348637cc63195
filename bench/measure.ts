/**
 * How a gate measures: CPU time in alternating pairs, so that a busy machine moves both sides
 * alike; counters where there are any.
 */
import { readdirSync, readFileSync } from 'node:fs';

export type Measure = {
  gate: number;
  measure: string;
  value: number;
  /** First and third quartile of a timed ratio. */
  quartiles?: [number, number];
  /** What the value is divided by, or how it was counted. */
  reference: string;
  /** Absent: a figure printed beside a gate, judged by none. */
  limit?: number;
  moonshot?: number;
  better: 'less' | 'more';
  note?: string;
};

/** `--quick`: small houses and few pairs, so that all gates end in minutes. */
export const QUICK = process.argv.includes('--quick');

const told = (value: string | undefined): number | undefined => (value ? Number(value) : undefined);

/** How many people the house of a gate has: as BENCH_CONTACTS says, or what ends in minutes. */
export const contactsOf = (usual: number, quick: number): number =>
  told(process.env.BENCH_CONTACTS) ?? (QUICK ? quick : usual);

/** How many pairs are measured: as BENCH_PAIRS says, since one of millions takes an hour. */
export const pairsOf = (usual: number): number =>
  told(process.env.BENCH_PAIRS) ?? (QUICK ? 3 : usual);

export type Gate = { name: string; run(): Promise<Measure[]> };

export type Verdict = 'moonshot' | 'pass' | 'miss' | '–';

export function verdict({ value, limit, moonshot, better }: Measure): Verdict {
  const reaches = (bound: number | undefined) =>
    bound !== undefined && (better === 'less' ? value <= bound : value >= bound);
  if (limit === undefined) return '–';
  return reaches(moonshot) ? 'moonshot' : reaches(limit) ? 'pass' : 'miss';
}

/** The value at `share` (0 to 1) of the sorted values, between two neighbours in proportion. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)]!;
  return below + (sorted[Math.ceil(place)]! - below) * (place % 1);
}

export type Ratio = { value: number; quartiles: [number, number] };

const PAIRS = pairsOf(9);

/**
 * Median and quartiles of a ÷ b. Each gives its own cost (any unit, the same for both) for equal
 * work; the order swaps from pair to pair.
 */
export async function ratioOfPairs(
  a: (pair: number) => Promise<number>,
  b: (pair: number) => Promise<number>,
  pairs = PAIRS,
): Promise<Ratio> {
  const ratios: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const costs = { a: 0, b: 0 };
    for (const side of pair % 2 === 0 ? (['a', 'b'] as const) : (['b', 'a'] as const))
      costs[side] = await (side === 'a' ? a : b)(pair);
    ratios.push(costs.a / costs.b);
  }
  return {
    value: quantile(ratios, 0.5),
    quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
  };
}

/** A cost ratio turned into a ratio of speeds. */
export const inverse = ({ value, quartiles: [low, high] }: Ratio): Ratio => ({
  value: 1 / value,
  quartiles: [1 / high, 1 / low],
});

/** CPU milliseconds of this process, all its threads, while `work` runs. */
export async function ownCpu(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Linux counts a process's CPU time in hundredths of a second. */
const TICK_MS = 10;

const statOf = (pid: string): string[] | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return [/\((.*)\)/s.exec(text)![1]!, ...text.slice(text.lastIndexOf(')') + 2).split(' ')];
  } catch {
    return undefined;
  }
};

/** The workerd processes that this one started, as /proc/<pid>/stat has them, pid first. */
function ownWorkerd(): string[][] {
  const own = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => [pid, ...(statOf(pid) ?? [])])
    .filter(([, name, , parent]) => name?.startsWith('workerd') && Number(parent) === process.pid);
  if (own.length === 0)
    throw new Error('no workerd runs below this process: timed gates need Linux and /proc');
  return own;
}

/**
 * CPU milliseconds so far of the workerd processes that this one started. Take work of 200 ms or
 * more: the clock ticks in tens.
 */
export const workerdCpu = (): number =>
  ownWorkerd().reduce((sum, stat) => sum + (Number(stat[13]) + Number(stat[14])) * TICK_MS, 0);

/** Resident memory in MB of the workerd processes that this one started: now, or at its most. */
export function workerdMemory(which: 'VmRSS' | 'VmHWM' = 'VmRSS'): number {
  const kilobytes = ownWorkerd().map(([pid]) =>
    Number(
      new RegExp(`^${which}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1],
    ),
  );
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1000;
}

/** CPU milliseconds of workerd while `work` runs. */
export async function cpuOfWorkerd(work: () => unknown): Promise<number> {
  const before = workerdCpu();
  await work();
  return workerdCpu() - before;
}
