/** Expressions that every view shares, so that a rate or an interval is written once: `{{rate(opened, sent)}}` in a view. */
import { directChannels } from '../core/attribution/models.ts';
import { CHANNEL_WEIGHT } from '../core/attribution/shapley.ts';
import { currencyExponent } from '../core/money.ts';
import { nextActions } from '../core/next-action.ts';
import { relation } from '../core/relation.ts';
import { ladders, machineAgents, rules } from '../core/rules/config.ts';
import { objectionWords } from '../core/rules/objections.ts';
import { SMALL_SAMPLE, weekStory } from '../core/rules/week-story.ts';
import { Z95 as Z } from '../core/statistics/normal.ts';

export type Engine = 'sqlite' | 'duckdb' | 'bigquery';

const ZZ = Z * Z;

const share = (n: string, d: string) => `(cast(${n} as float64) / ${d})`;
const margin = (n: string, d: string) =>
  `(${Z} * sqrt((${share(n, d)} * (1 - ${share(n, d)}) + ${ZZ / 4} / ${d}) / ${d}))`;
const wilson = (n: string, d: string, sign: '-' | '+') =>
  `((${share(n, d)} + ${ZZ / 2} / ${d} ${sign} ${margin(n, d)}) / (1 + ${ZZ} / ${d}))`;
/** Between the channels of a path kept as one text: no channel's name holds it. */
export const PATH_SEPARATOR = '\u001f';

const textAggregate: Record<Engine, string> = {
  sqlite: 'group_concat',
  duckdb: 'string_agg',
  bigquery: 'string_agg',
};

const unlessEmpty = (d: string, value: string) => `case when ${d} > 0 then ${value} end`;

const jsonText: Record<Engine, string> = {
  sqlite: 'json_extract',
  duckdb: 'json_extract_string',
  bigquery: 'json_value',
};

/** The columns that marts are told by, one after the other, beside `all`; each list is named by what it tells apart. */
const dimensions = {
  leads: ['lead_type', 'offer', 'term', 'year_level', 'channel', 'tier'],
  customers: [
    ...['channel', 'campaign', 'message', 'training', 'lead_type', 'offer'],
    ...['term', 'year_level', 'tier', 'agent'],
  ],
  agents: ['lead_type', 'term'],
  cohorts: ['channel', 'lead_type', 'tier'],
} as const;

type Macro = (engine: Engine, ...args: string[]) => string;

/** A rate whose denominator is zero is null (G9). Bounds are Wilson's, clipped to [0, 1] where rounding would leave it (R1). */
const macros: Record<string, Macro> = {
  rate: (_, n, d) => unlessEmpty(d!, share(n!, d!)),
  rate_lo: (_, n, d) =>
    unlessEmpty(d!, `case when ${n} = 0 then 0.0 else ${wilson(n!, d!, '-')} end`),
  rate_hi: (_, n, d) =>
    unlessEmpty(d!, `case when ${n} = ${d} then 1.0 else ${wilson(n!, d!, '+')} end`),
  /** The columns of a rate: itself and its bounds, named after it. */
  rate_columns: (engine, name, n, d) =>
    ['rate', 'rate_lo', 'rate_hi']
      .map((bound) => `(${macros[bound]!(engine, n!, d!)}) as ${bound.replace('rate', name!)}`)
      .join(', '),
  /** A ratio that is no rate: carries no interval. */
  ratio: (_, n, d) => unlessEmpty(d!, share(n!, d!)),
  /** A mean of minor units in whole minor units, half up (F9). */
  mean_minor: (_, sum, count) =>
    unlessEmpty(count!, `cast(floor(${share(sum!, count!)} + 0.5) as int64)`),
  /**
   * An aggregate: percentile `p` of n values, the value at row ceil(p · n) ascending (G9), so the least one up to which the portion of
   * values reaches p. `portion` is `cume_dist()` ordered by the value, whose quotient is exact enough to meet p where p · n is whole.
   */
  percentile: (_, p, value, portion) => `min(case when ${portion} >= ${p} then ${value} end)`,
  /** The standard normal value of a 95 % interval. */
  z: () => String(Z),
  /** Minor units as the currency's own units (F9). */
  major: (_, minor, currency) => `cast(${minor} as float64) / ${unitsOf(currency!)}`,
  /** A number that is not negative as people read it: thousands in groups, one decimal unless it is whole. */
  number_text: (_, value) => numberText(value!),
  /** A rate as people read it: one decimal below 10 % unless it is whole. */
  percent_text: (_, value) => {
    const percent = `(${value} * 100)`;
    return `concat(case when ${value} >= 0.1 or ${isWhole(percent)} then ${text(nearest(percent))}
      else ${tenthsText(text, percent)} end, ' %')`;
  },
  ladder_stages: () => rungRows(),
  /** What a mart is told by, as a relation of `dimension`: all, and each column of a list that `dimensions` names. */
  dimension_rows: (_, list) =>
    relation(['all', ...dimensionsOf(list!)].map((dimension) => `'${dimension}' as dimension`)),
  /** The value of the row's dimension: the column of that name. */
  dimension_value: (_, list) =>
    `case dimension ${dimensionsOf(list!)
      .map((column) => `when '${column}' then ${column}`)
      .join(' ')} else 'all' end`,
  /** A stored table, told apart from a view of the same name. */
  table: (_, name) => `main.${name}`,
  /** A field that an observation states, as text. */
  stated: (engine, field) => `${jsonText[engine]}(stated, '$.${field}')`,
  /** The texts of a stored list, as a relation of `value`. */
  list_items: (engine, list) =>
    ({
      sqlite: `json_each(${list})`,
      duckdb: `(select unnest(json_extract_string(${list}, '$[*]')) as value)`,
      bigquery: `unnest(array(select as struct item as value from unnest(json_value_array(${list})) as item))`,
    })[engine],
  /** The code of an objection as somebody wrote it. */
  objection_code: (_, text) => {
    const codes = Object.entries(objectionWords);
    const worded = codes.map(
      ([code, words]) =>
        `when ${words.map((word) => `${text} like '%${word}%'`).join(' or ')} then '${code}'`,
    );
    return `case when ${text} in (${codes.map(([code]) => `'${code}'`).join(', ')}) then ${text} ${worded.join(' ')} else 'other' end`;
  },
  /** A number as text. */
  as_text: (engine, value) => `cast(${value} as ${engine === 'bigquery' ? 'string' : 'text'})`,
  /** A rule as a number, where an engine wants a constant; `plus` is added to it. */
  rule: (_, name, plus = '0') => {
    if (!(name! in rules)) throw new Error(`unknown rule ${name}`);
    return String(rules[name as keyof typeof rules] + Number(plus));
  },
  /** The codes of next actions, as a list. */
  next_action_codes: () =>
    Object.keys(nextActions)
      .map((code) => `'${code}'`)
      .join(', '),
  /** Minutes of less than a day as people say them: '45 s', '3 min 20 s', '12 min', '3 h 30 min'. */
  minutes_text: (_, value) => minutesText(value!),
  /** What a line of the week is called within a sentence and at its beginning, and what to do when it rose or fell. */
  week_subject: (_, line) => wordsOf(line!, ({ subject }) => subject),
  week_opening: (_, line) =>
    wordsOf(line!, ({ subject }) => subject.charAt(0).toUpperCase() + subject.slice(1)),
  week_advice: (_, line, change) => wordsOf(line!, (told) => told[change as 'rose' | 'fell']),
  /** What a rate over few is made of: ' (1 of 3)'. */
  count_text: (_, n, d) => `concat(' (', ${text(n!)}, ' of ', ${text(d!)}, ')')`,
  /** Follows the flag of a rate over few. */
  small_sample: () => `'${SMALL_SAMPLE}'`,
  /** An aggregate: the channels of a path as one text, in the order of touch. */
  path_text: (engine, channel, position) =>
    `${textAggregate[engine]}(${channel}, '${PATH_SEPARATOR}' order by ${position})`,
  /** Such a text as people read it. */
  shown_path: (_, path) => `replace(${path}, '${PATH_SEPARATOR}', ' > ')`,
  /** A touch's channel is a direct visit (R8c). */
  is_direct: (_, channel) =>
    `lower(${channel}) in (${directChannels.map((name) => `'${name}'`).join(', ')})`,
  /** What each distinct channel of a path weighs for shapley (R8d). */
  channel_weight: () => String(CHANNEL_WEIGHT),
  /**
   * The published id of a message: the mail's own, and for each further recipient of the mail one
   * that names them as everywhere outside the house, by their key (F4, R12).
   */
  message_key: (_, message_id, isCopy, contactKey) =>
    `case when ${isCopy} = 1 then concat(${message_id}, '.', substr(${contactKey}, 1, 12)) else ${message_id} end`,
  /** The lower-case user agent is one of a known machine (F5); Apple's proxy says 'mozilla/5.0' and no more. */
  machine_agent: (_, agent) =>
    [`${agent} = 'mozilla/5.0'`, ...machineAgents.map((name) => `${agent} like '%${name}%'`)].join(
      ' or ',
    ),
};

/** Joined to an empty text, because SQLite leaves a number that is cast to string a number. */
const text = (value: string) => `concat(cast(cast(${value} as int64) as string), '')`;
/** Of a number that is not negative. Half a unit more would carry one of over 2^52 to its neighbour. */
const nearest = (value: string) => `round(${value})`;
const isWhole = (value: string) => `abs(${value} - ${nearest(value)}) < 0.000000001`;

/** A whole number of 64 bits with its thousands in groups: of its digits behind 20 zeros the last seven groups, less what leads them. */
const groupsText = (whole: string): string => {
  const digits = `concat('00000000000000000000', ${text(whole)})`;
  const groups = [21, 18, 15, 12, 9, 6, 3].map((from) => `substr(${digits}, -${from}, 3)`);
  return `case when ${whole} < 1000 then ${text(whole)} else ltrim(concat(${groups.join(`, ',', `)}), '0,') end`;
};

const tenthsText = (wholeText: (value: string) => string, value: string): string => {
  const tenths = nearest(`${value} * 10`);
  return `concat(${wholeText(`floor(${tenths} / 10)`)}, '.', ${text(`mod(cast(${tenths} as int64), 10)`)})`;
};

const numberText = (value: string): string =>
  `case when ${isWhole(value)} then ${groupsText(nearest(value))} else ${tenthsText(groupsText, value)} end`;

function minutesText(value: string): string {
  const seconds = nearest(`(${value} * 60)`);
  const whole = nearest(value);
  const part = (size: string, unit: string) => `concat(${text(size)}, ' ${unit}')`;
  const rest = (size: string, unit: string) =>
    `case when ${size} > 0 then concat(' ', ${part(size, unit)}) else '' end`;
  const remainder = (size: string) => `mod(cast(${size} as int64), 60)`;
  return `case
    when ${value} = 0 then '0 min'
    when ${seconds} < 60 then ${part(seconds, 's')}
    when ${seconds} < 600 then concat(${part(`floor(${seconds} / 60)`, 'min')}, ${rest(remainder(seconds), 's')})
    when ${whole} < 60 then ${part(whole, 'min')}
    else concat(${part(`floor(${whole} / 60)`, 'h')}, ${rest(remainder(whole), 'min')})
  end`;
}

const wordsOf = (line: string, words: (told: (typeof weekStory)[string]) => string): string =>
  `case ${line} ${Object.entries(weekStory)
    .map(([name, told]) => `when '${name}' then '${words(told)}'`)
    .join(' ')} end`;

/** How many minor units make one unit of a currency, as SQL: 100 but for the few currencies that say otherwise. */
function unitsOf(currency: string): string {
  const others = (exponent: number) =>
    Intl.supportedValuesOf('currency')
      .filter((code) => currencyExponent(code) === exponent)
      .map((code) => `'${code}'`)
      .join(', ');
  return `case when ${currency} in (${others(0)}) then 1 when ${currency} in (${others(3)}) then 1000 else 100 end`;
}

function dimensionsOf(list: string): readonly string[] {
  if (!(list in dimensions)) throw new Error(`unknown list of dimensions ${list}`);
  return dimensions[list as keyof typeof dimensions];
}

/** Every rung of both ladders as rows. */
function rungRows(): string {
  const rows = Object.entries(ladders).flatMap(([ladder, { stages, off }]) => [
    ...stages.map(
      (stage, place) => `'${ladder}' as ladder, '${stage}' as stage, ${place + 1} as stage_no`,
    ),
    ...off.map((stage) => `'${ladder}' as ladder, '${stage}' as stage, null as stage_no`),
  ]);
  return relation(rows);
}

/** Macros that stand for a relation, a list of columns or a bare number, which brackets would spoil. */
const isNoExpression = new Set([
  'table',
  'rule',
  'ladder_stages',
  'dimension_rows',
  'list_items',
  'rate_columns',
]);

/** Expands `{{name(a, b)}}` for an engine; arguments are column names or bracketed expressions without commas outside brackets. */
export function expandMacros(sql: string, engine: Engine = 'sqlite'): string {
  return sql.replace(/\{\{(\w+)\(([^{}]*)\)\}\}/g, (_, name: string, list: string) => {
    const macro = macros[name];
    if (!macro) throw new Error(`unknown macro {{${name}}}`);
    const text = macro(engine, ...list.split(/,(?![^(]*\))/).map((arg) => arg.trim()));
    return isNoExpression.has(name) ? text : `(${text})`;
  });
}
