/** Kaplan–Meier with a log-log Greenwood interval: what converts by which age, where some are watched for a shorter time than others. */
import { Z95 } from './normal.ts';

/** How many converted at an age, and how many were last seen at it without having converted. */
export type AgeCount = { age: number; converted: number; censored: number };

export type ConversionAt = AgeCount & {
  /** Still watched and unconverted just before this age. */
  at_risk: number;
  /** 1 − S, the part that has converted by this age. */
  rate: number;
  /** 95 % bounds of the rate; null while nobody or once everybody has converted, where the log-log interval is not defined. */
  rate_lo: number | null;
  rate_hi: number | null;
};

/** One row per distinct age, ascending. At an equal age conversions come before censorings. */
export function conversionByAge(counts: AgeCount[]): ConversionAt[] {
  const byAge = new Map<number, AgeCount>();
  for (const { age, converted, censored } of counts) {
    const sum = byAge.get(age) ?? { age, converted: 0, censored: 0 };
    byAge.set(age, { age, converted: sum.converted + converted, censored: sum.censored + censored });
  }
  let at_risk = counts.reduce((sum, { converted, censored }) => sum + converted + censored, 0);
  let survival = 1;
  let greenwood = 0;
  return [...byAge.values()]
    .sort((a, b) => a.age - b.age)
    .map((count) => {
      if (count.converted > 0) {
        survival = count.converted === at_risk ? 0 : survival * (1 - count.converted / at_risk);
        greenwood += count.converted / (at_risk * (at_risk - count.converted));
      }
      const row = { ...count, at_risk, rate: 1 - survival, ...bounds(survival, greenwood) };
      at_risk -= count.converted + count.censored;
      return row;
    });
}

/** Bounds of 1 − S from those of log(−log S), whose variance is Greenwood's sum over log² S. */
function bounds(survival: number, greenwood: number): { rate_lo: number | null; rate_hi: number | null } {
  if (survival === 1 || survival === 0) return { rate_lo: null, rate_hi: null };
  const spread = Math.exp((Z95 * Math.sqrt(greenwood)) / -Math.log(survival));
  return { rate_lo: 1 - survival ** (1 / spread), rate_hi: 1 - survival ** spread };
}
