/**
 * Reads the channels of a path as people and analytics tools write it, with separators and repeats.
 */
import { Fault } from '../faults.ts';
import { UNATTRIBUTED } from './path.ts';

/**
 * Arrows separate channels and are in no channel's name. Longer ones first, since they contain
 * shorter ones.
 */
const ARROWS = ['->', '=>', '→', '➔', '»', '›', '>'];
/** Signs that may separate channels, but may also be in a channel's name. */
const DOUBTFUL = ['|', ';', ','];
/** `Direct × 2`, as Google Analytics writes two touches of a channel in a row. */
const REPEATED = /^(.*\S)\s*×\s*(\d+)$|^(.*\S)\s+x\s?(\d+)$/i;
const MOST_REPEATS = 1000;

function repeated(channel: string): string[] {
  const match = REPEATED.exec(channel);
  if (!match) return [channel];
  const times = Number(match[2] ?? match[4]);
  if (times >= 1 && times <= MOST_REPEATS) return Array<string>(times).fill(match[1] ?? match[3]!);
  throw new Fault(
    'bad_input',
    `'${channel}' repeats a channel ${times} times, not 1 to ${MOST_REPEATS}`,
  );
}

/**
 * The channels of one path, without blank ones and 'unattributed', which means that there was none.
 */
export const channelsIn = (path: string, separator: string): string[] =>
  path
    .split(separator)
    .map((channel) => channel.trim())
    .filter((channel) => channel !== '' && channel !== UNATTRIBUTED)
    .flatMap(repeated);

const holding = (paths: string[], sign: string): number =>
  paths.filter((path) => path.includes(sign)).length;

/**
 * A separator that is in no path while its bare sign is would be a mistake: every path would be one
 * channel.
 */
function checked(paths: string[], separator: string): string {
  const bare = separator.trim();
  const wrong = bare === '' ? 0 : holding(paths, bare);
  if (wrong === 0 || holding(paths, separator) > 0) return separator;
  throw new Fault(
    'bad_input',
    `no path has '${separator}', but ${wrong} have '${bare}'; use --separator='${bare}'`,
  );
}

/**
 * The separator of these paths: as stated, else their arrow. Throws `bad_input` if they have
 * several arrows, or only a sign that may also be in a channel's name.
 */
export function separatorOf(paths: string[], stated: string | undefined): string {
  if (stated !== undefined) return checked(paths, stated);
  let rest = paths;
  const arrows = ARROWS.filter((arrow) => {
    const isThere = rest.some((path) => path.includes(arrow));
    rest = rest.map((path) => path.replaceAll(arrow, ' '));
    return isThere;
  });
  if (arrows.length > 1)
    throw new Fault(
      'bad_input',
      `channels seem to be separated by ${arrows.join(' and by ')}; say which with ` +
        `--separator='${arrows[0]}'`,
    );
  if (arrows.length === 1) return arrows[0]!;
  const doubtful = DOUBTFUL.find((sign) => holding(paths, sign) > 0);
  if (doubtful === undefined) return '>';
  throw new Fault(
    'bad_input',
    `no path has an arrow between channels, but ${holding(paths, doubtful)} have '${doubtful}'; ` +
      `if it separates them, use --separator='${doubtful}'; ` +
      `if each is one channel, use --separator='>'`,
  );
}
