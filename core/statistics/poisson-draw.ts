/** Random counts of a Poisson distribution. */

/**
 * From this mean on, a rounded normal draw is as good, and its cost does not grow with the mean.
 */
const NORMAL_FROM = 50;

/** One count with this mean; `random` gives numbers in [0, 1). */
export function drawPoisson(mean: number, random: () => number): number {
  if (mean >= NORMAL_FROM) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}
