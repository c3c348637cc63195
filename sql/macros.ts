/** Expressions that every view shares, so that a rate or an interval is written once: `{{rate(opened, sent)}}` in a view. */

const Z = 1.959963984540054; // 97.5th percentile of the normal distribution: a 95 % interval
const ZZ = Z * Z;

const share = (n: string, d: string) => `(cast(${n} as float64) / ${d})`;
const margin = (n: string, d: string) =>
  `(${Z} * sqrt((${share(n, d)} * (1 - ${share(n, d)}) + ${ZZ / 4} / ${d}) / ${d}))`;
const wilson = (n: string, d: string, sign: '-' | '+') =>
  `((${share(n, d)} + ${ZZ / 2} / ${d} ${sign} ${margin(n, d)}) / (1 + ${ZZ} / ${d}))`;
const unlessEmpty = (d: string, value: string) => `case when ${d} > 0 then ${value} end`;

/** A rate whose denominator is zero is null (G9). Bounds are Wilson's, clipped to [0, 1] where rounding would leave it (R1). */
const macros: Record<string, (...args: string[]) => string> = {
  rate: (n, d) => unlessEmpty(d!, share(n!, d!)),
  rate_lo: (n, d) => unlessEmpty(d!, `case when ${n} = 0 then 0.0 else ${wilson(n!, d!, '-')} end`),
  rate_hi: (n, d) => unlessEmpty(d!, `case when ${n} = ${d} then 1.0 else ${wilson(n!, d!, '+')} end`),
  /** A ratio that is no rate: carries no interval. */
  ratio: (n, d) => unlessEmpty(d!, share(n!, d!)),
};

/** Expands `{{name(a, b)}}`; arguments are column names or bracketed expressions without commas outside brackets. */
export function expandMacros(sql: string): string {
  return sql.replace(/\{\{(\w+)\(([^{}]*)\)\}\}/g, (_, name: string, list: string) => {
    const macro = macros[name];
    if (!macro) throw new Error(`unknown macro {{${name}}}`);
    return `(${macro(...list.split(/,(?![^(]*\))/).map((arg) => arg.trim()))})`;
  });
}
