/** Exact 95 % bounds of a Poisson mean (R3, G9). */

/**
 * Lower tail P(X ≤ events) of a Poisson with this mean, summed in logarithms from its largest term.
 */
function atMost(events: number, mean: number): number {
  if (events < 0) return 0;
  let term = 1;
  let sum = 1;
  for (let k = events; k > 0; k--) {
    term *= k / mean;
    sum += term;
    if (term < 1e-18 * sum) break;
  }
  return Math.exp(-mean + events * Math.log(mean) - logFactorial(events)) * sum;
}

const logs: number[] = [0];

function logFactorial(n: number): number {
  for (let k = logs.length; k <= n; k++) logs.push(logs[k - 1]! + Math.log(k));
  return logs[n]!;
}

/** The mean at which P(X ≤ events) falls to `probability`. */
function meanWhere(events: number, probability: number): number {
  let lo = 0;
  let hi = events + 10 * Math.sqrt(events + 1) + 10;
  for (let step = 0; step < 200 && hi - lo > 1e-12 * hi; step++) {
    const mid = (lo + hi) / 2;
    if (atMost(events, mid) > probability) lo = mid;
    else hi = mid;
  }
  return (lo + hi) / 2;
}

/** Garwood's interval: [χ²(2.5 %, 2n)/2, χ²(97.5 %, 2n+2)/2]; the lower bound of 0 events is 0. */
export function poissonBounds(events: number): { lower_bound: number; upper_bound: number } {
  return {
    lower_bound: events === 0 ? 0 : meanWhere(events - 1, 0.975),
    upper_bound: meanWhere(events, 0.025),
  };
}
