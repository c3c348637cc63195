/** The channels of a path as people and analytics write it: what stands between them, and repeats. */
import { Fault } from '../faults.ts';
import { UNATTRIBUTED } from './path.ts';

/** Arrows stand between channels and in no channel's name. Longer ones first, since they hold shorter ones. */
const ARROWS = ['->', '=>', '→', '➔', '»', '›', '>'];
/** Signs that may stand between channels, and in a channel's name as well. */
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

/** The channels of one path; blank ones are passed over, and 'unattributed', which says that there was none. */
export const channelsIn = (path: string, separator: string): string[] =>
  path
    .split(separator)
    .map((channel) => channel.trim())
    .filter((channel) => channel !== '' && channel !== UNATTRIBUTED)
    .flatMap(repeated);

const holding = (paths: string[], sign: string): number =>
  paths.filter((path) => path.includes(sign)).length;

/** One that cuts nothing where its bare sign would is a mistake: every path would be a channel of its own. */
function checked(paths: string[], separator: string): string {
  const bare = separator.trim();
  const wrong = bare === '' ? 0 : holding(paths, bare);
  if (wrong === 0 || holding(paths, separator) > 0) return separator;
  throw new Fault(
    'bad_input',
    `no path has '${separator}', but ${wrong} have '${bare}'; say --separator='${bare}'`,
  );
}

/**
 * What stands between the channels of these paths: as stated, else the arrow that they have. Throws `bad_input` where they have
 * several arrows, or only a sign that may also stand in a channel's name.
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
      `channels seem to be separated by ${arrows.join(' and by ')}; say which with --separator='${arrows[0]}'`,
    );
  if (arrows.length === 1) return arrows[0]!;
  const doubtful = DOUBTFUL.find((sign) => holding(paths, sign) > 0);
  if (doubtful === undefined) return '>';
  throw new Fault(
    'bad_input',
    `no path has an arrow between channels, but ${holding(paths, doubtful)} have '${doubtful}'; if it separates them, ` +
      `say --separator='${doubtful}', and if each is one channel, --separator='>'`,
  );
}
