/** Numbers as people read them, in SQL: the same text on every engine. */

const asText = (value: string) => `cast(cast(${value} as int64) as string)`;

/** Of a number that is not negative. To add a half and cut would err above 2^52. */
const nearest = (value: string) => `round(${value})`;
const isWhole = (value: string) => `abs(${value} - ${nearest(value)}) < 0.000000001`;

/**
 * A whole number of 64 bits with its thousands in groups: the last seven groups of its digits
 * behind 20 zeros, less what leads them.
 */
function groupsText(whole: string): string {
  const digits = `concat('00000000000000000000', ${asText(whole)})`;
  const groups = [21, 18, 15, 12, 9, 6, 3].map((from) => `substr(${digits}, -${from}, 3)`);
  return `case
    when ${whole} < 1000 then ${asText(whole)}
    else ltrim(concat(${groups.join(`, ',', `)}), '0,')
  end`;
}

function tenthsText(wholeText: (value: string) => string, value: string): string {
  const tenths = nearest(`${value} * 10`);
  const tenth = asText(`mod(cast(${tenths} as int64), 10)`);
  return `concat(${wholeText(`floor(${tenths} / 10)`)}, '.', ${tenth})`;
}

/** '1,234', '0.1': a number that is not negative, with one decimal unless it is whole. */
export const numberText = (value: string): string => `case
    when ${isWhole(value)} then ${groupsText(nearest(value))}
    else ${tenthsText(groupsText, value)}
  end`;

/** '24 %', '2.5 %': a rate, with one decimal below 10 % unless it is whole. */
export function percentText(value: string): string {
  const percent = `(${value} * 100)`;
  return `concat(case
    when ${value} >= 0.1 or ${isWhole(percent)} then ${asText(nearest(percent))}
    else ${tenthsText(asText, percent)}
  end, ' %')`;
}

/** '45 s', '3 min 20 s', '12 min', '3 h 30 min': minutes of less than a day. */
export function minutesText(value: string): string {
  const seconds = nearest(`(${value} * 60)`);
  const whole = nearest(value);
  const part = (size: string, unit: string) => `concat(${asText(size)}, ' ${unit}')`;
  const rest = (size: string, unit: string) => {
    const remainder = `mod(cast(${size} as int64), 60)`;
    return `case when ${remainder} > 0 then concat(' ', ${part(remainder, unit)}) else '' end`;
  };
  return `case
    when ${value} = 0 then '0 min'
    when ${seconds} < 60 then ${part(seconds, 's')}
    when ${seconds} < 600
      then concat(${part(`floor(${seconds} / 60)`, 'min')}, ${rest(seconds, 's')})
    when ${whole} < 60 then ${part(whole, 'min')}
    else concat(${part(`floor(${whole} / 60)`, 'h')}, ${rest(whole, 'min')})
  end`;
}

/** ' (1 of 3)': what a rate over few is made of. */
export const countText = (n: string, d: string): string =>
  `concat(' (', ${asText(n)}, ' of ', ${asText(d)}, ')')`;
