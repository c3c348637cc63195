/**
 * Expressions that views share, so that each is written once: `{{rate(opened, sent)}}`.
 * Home of R1.
 */
import { directChannels } from '../core/attribution/models.ts';
import { CHANNEL_WEIGHT } from '../core/attribution/shapley.ts';
import { callProviders } from '../core/facts/origin.ts';
import { currencyExponent } from '../core/money.ts';
import { nextActions } from '../core/next-action.ts';
import { relation, sqlText } from '../core/relation.ts';
import { ladders, machineAgents, rules } from '../core/rules/config.ts';
import { objectionWords } from '../core/rules/objections.ts';
import { SMALL_SAMPLE } from '../core/rules/week-lines.ts';
import { Z95 as Z } from '../core/statistics/normal.ts';
import { type Dialect, dialects, type Engine } from './dialects.ts';
import { dimensionsOf } from './dimensions.ts';
import { measuresOf } from './measures.ts';
import { countText, minutesText, numberText, percentText } from './number-text.ts';

/** Between the channels of a path kept as one text: no channel's name holds it. */
export const PATH_SEPARATOR = '\u001f';

const ZZ = Z * Z;

const share = (n: string, d: string) => `(cast(${n} as float64) / ${d})`;
const margin = (n: string, d: string) =>
  `(${Z} * sqrt((${share(n, d)} * (1 - ${share(n, d)}) + ${ZZ / 4} / ${d}) / ${d}))`;
const wilson = (n: string, d: string, sign: '-' | '+') =>
  `((${share(n, d)} + ${ZZ / 2} / ${d} ${sign} ${margin(n, d)}) / (1 + ${ZZ} / ${d}))`;
const unlessEmpty = (d: string, value: string) => `case when ${d} > 0 then ${value} end`;
const listed = (texts: readonly string[]) => texts.map(sqlText).join(', ');

type Macro = (dialect: Dialect, ...args: string[]) => string;

const macros: Record<string, Macro> = {
  /** Null where there is nothing to divide by (G9). */
  rate: (_, n, d) => unlessEmpty(d!, share(n!, d!)),
  /** Wilson's bounds of a 95 % interval, held within 0 and 1, which rounding would leave (R1). */
  rate_lo: (_, n, d) =>
    unlessEmpty(d!, `case when ${n} = 0 then 0.0 else ${wilson(n!, d!, '-')} end`),
  rate_hi: (_, n, d) =>
    unlessEmpty(d!, `case when ${n} = ${d} then 1.0 else ${wilson(n!, d!, '+')} end`),
  /** A rate and its bounds as three columns, named after it. */
  rate_columns: (dialect, name, n, d) =>
    ['rate', 'rate_lo', 'rate_hi']
      .map((bound) => `(${macros[bound]!(dialect, n!, d!)}) as ${bound.replace('rate', name!)}`)
      .join(', '),
  /** A quotient that is no rate and so has no interval. */
  ratio: (_, n, d) => unlessEmpty(d!, share(n!, d!)),
  /** The mean of amounts in minor units, rounded half up to a whole one (F9). */
  mean_minor: (_, sum, count) =>
    unlessEmpty(count!, `cast(floor(${share(sum!, count!)} + 0.5) as int64)`),
  /**
   * An aggregate: the percentile `p` of n values is the one at row ceil(p · n), ascending (G9).
   * `portion` is `cume_dist()` ordered by the value: exact enough to meet p where p · n is whole.
   */
  percentile: (_, p, value, portion) => `min(case when ${portion} >= ${p} then ${value} end)`,
  /** The standard normal value of a 95 % interval. */
  z: () => String(Z),
  /** Minor units as units of the currency (F9). */
  major: (_, minor, currency) => `cast(${minor} as float64) / ${unitsOf(currency!)}`,

  number_text: (_, value) => numberText(value!),
  percent_text: (_, value) => percentText(value!),
  minutes_text: (_, value) => minutesText(value!),
  count_text: (_, n, d) => countText(n!, d!),
  /** Ends the flag of a rate over few (R1). */
  small_sample: () => sqlText(SMALL_SAMPLE),

  /** The stages of both ladders, as rows (R9). */
  ladder_stages: () => relation(ladderRows),
  /** `all` and each dimension of a list, as rows. */
  dimension_rows: (_, list) => dimensionRows(['all', ...dimensionsOf(list!)]),
  /** The value of the row's dimension: what stands in the column of that name. */
  dimension_value: (_, list) => valueOfDimension(dimensionsOf(list!)),
  /** Each dimension of a list as a row; as columns. */
  dimension_names: (_, list) => dimensionRows(dimensionsOf(list!)),
  dimension_columns: (_, list) => dimensionsOf(list!).join(', '),

  /**
   * Every measure of a list as a column, in one order, so that kinds of fact may be put one below
   * the other: those given, as `1 as dials`, and 0 for the rest.
   */
  measures: (_, list, ...given) => measureColumns(measuresOf(list!), given),
  /** Each measure of a list, summed. */
  sums: (_, list) =>
    measuresOf(list!)
      .map((name) => `sum(${name}) as ${name}`)
      .join(', '),

  table: ({ table }, name) => table(name!),
  /** A field that an observation states, as text. */
  stated: ({ jsonField }, field) => jsonField('stated', field!),
  /** The texts of a stored list, as a relation of `value`. */
  list_items: ({ jsonItems }, list) => jsonItems(list!),

  /** A rule as a number, where an engine wants a constant; `plus` is added to it. */
  rule: (_, name, plus = '0') => {
    if (!(name! in rules)) throw new Error(`unknown rule ${name}`);
    return String(rules[name as keyof typeof rules] + Number(plus));
  },
  call_providers: () => listed(callProviders),
  next_action_codes: () => listed(Object.keys(nextActions)),
  objection_code: (_, text) => objectionCode(text!),

  /** An aggregate: the channels of a path as one text, in the order of touch. */
  path_text: ({ joinTexts }, channel, position) =>
    `${joinTexts}(${channel}, '${PATH_SEPARATOR}' order by ${position})`,
  /** Such a text as people read it. */
  shown_path: (_, path) => `replace(${path}, '${PATH_SEPARATOR}', ' > ')`,
  /** The channel of a touch is a direct visit (R8c). */
  is_direct: (_, channel) => `lower(${channel}) in (${listed(directChannels)})`,
  /** What each distinct channel of a path weighs for shapley (R8d). */
  channel_weight: () => String(CHANNEL_WEIGHT),
  /**
   * The published id of a message: the mail's own; for each further recipient of the mail, one that
   * names the recipient by key, as everywhere outside the house (F4, R12).
   */
  message_key: (_, message_id, isCopy, contactKey) => `case
      when ${isCopy} = 1 then concat(${message_id}, '.', substr(${contactKey}, 1, 12))
      else ${message_id}
    end`,
  /**
   * The lower-case user agent is a known machine's (F5); Apple's proxy says 'mozilla/5.0' alone.
   */
  machine_agent: (_, agent) =>
    [`${agent} = 'mozilla/5.0'`, ...machineAgents.map((name) => `${agent} like '%${name}%'`)].join(
      ' or ',
    ),
};

/** Minor units in one unit of a currency: 100, but for the few currencies that have others. */
function unitsOf(currency: string): string {
  const withExponent = (exponent: number) =>
    listed(
      Intl.supportedValuesOf('currency').filter((code) => currencyExponent(code) === exponent),
    );
  return `case
    when ${currency} in (${withExponent(0)}) then 1
    when ${currency} in (${withExponent(3)}) then 1000
    else 100
  end`;
}

/** The code of an objection as somebody wrote it: the first with one of its words, else `other`. */
function objectionCode(text: string): string {
  const byWords = Object.entries(objectionWords).map(([code, words]) => {
    const holdsOne = words.map((word) => `${text} like '%${word}%'`).join(' or ');
    return `when ${holdsOne} then '${code}'`;
  });
  return `case
    when ${text} in (${listed(Object.keys(objectionWords))}) then ${text}
    ${byWords.join('\n    ')}
    else 'other'
  end`;
}

const dimensionRows = (names: readonly string[]) =>
  relation(names.map((name) => `'${name}' as dimension`));

const valueOfDimension = (columns: readonly string[]) =>
  `case dimension ${columns.map((column) => `when '${column}' then ${column}`).join(' ')}
    else 'all' end`;

/** Throws where one is given that is not on the list. */
function measureColumns(names: readonly string[], given: readonly string[]): string {
  const columns = new Map(given.map((column) => [/\sas (\w+)$/.exec(column)?.[1], column]));
  for (const name of columns.keys())
    if (!names.includes(name!)) throw new Error(`${name} is no measure of ${names.join(', ')}`);
  return names.map((name) => columns.get(name) ?? `0 as ${name}`).join(', ');
}

const ladderRows = Object.entries(ladders)
  .flatMap(([ladder, { stages, off }]) => [
    ...stages.map((stage, place) => ({ ladder, stage, stage_no: place + 1 })),
    ...off.map((stage) => ({ ladder, stage, stage_no: null })),
  ])
  .map(({ ladder, stage, stage_no }, place) =>
    [
      `'${ladder}' as ladder`,
      `'${stage}' as stage`,
      `${stage_no} as stage_no`,
      `${place + 1} as rung_no`,
    ].join(', '),
  );

/** Macros that stand for a relation, columns or a bare number, which brackets would spoil. */
const isNoExpression = new Set([
  'table',
  'rule',
  'ladder_stages',
  'dimension_rows',
  'dimension_names',
  'dimension_columns',
  'measures',
  'sums',
  'list_items',
  'rate_columns',
]);

/**
 * Expands `{{name(a, b)}}` for an engine; an argument is a column or an expression in brackets,
 * with no comma outside them. Throws where there is no such macro.
 */
export function expandMacros(sql: string, engine: Engine = 'sqlite'): string {
  return sql.replace(/\{\{(\w+)\(([^{}]*)\)\}\}/g, (_, name: string, list: string) => {
    const macro = macros[name];
    if (!macro) throw new Error(`unknown macro {{${name}}}`);
    const args = list.split(/,(?![^(]*\))/).map((arg) => arg.trim());
    const text = macro(dialects[engine], ...args);
    return isNoExpression.has(name) ? text : `(${text})`;
  });
}
