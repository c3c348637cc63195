/** What an import did: new + updated + skipped + waiting + rejected = rows (V21). */
import { first } from '../../core/csv/table.ts';
import type { Outcome } from '../../warehouse/write/fact-outcomes.ts';
import { textTable } from '../text-table.ts';
import type { Landed } from './land.ts';
import type { OpenedFile } from './read.ts';
import type { Reject, Scratch } from './scratch.ts';

const LINES_SHOWN = 10;
const COUNTS = ['new', 'updated', 'skipped', 'waiting'] as const;

export type Report = Record<
  'rows' | (typeof COUNTS)[number] | 'rejected' | 'tied' | 'people_created',
  number
> & {
  /** Rows that wait for a person, and how many people they name who are not in the house. */
  unknown_people: { rows: number; people: number };
  /** How dates were read, where the file alone says so. */
  dates: string | null;
  /** The earlier import whose MAP this file was read by. */
  read_as: OpenedFile['read_as'];
  /** Null of a dry run; else what `import undo` takes. */
  import_id: number | null;
  dry_run: boolean;
  rejects_file: string | null;
};

export function reportOf(
  { rows, dates, read_as = null }: Pick<OpenedFile, 'rows' | 'dates'> & Partial<OpenedFile>,
  { counts, tied }: Landed,
  scratch: Scratch,
  { import_id, rejects_file }: Pick<Report, 'import_id' | 'rejects_file'>,
): Report {
  const count = (outcome: Outcome) => counts.get(outcome) ?? 0;
  return {
    rows,
    new: count('new'),
    updated: count('updated'),
    skipped: count('skipped'),
    waiting: count('incomplete') + count('unknown_person'),
    rejected: scratch.rejects.count,
    tied,
    people_created: scratch.people.count,
    unknown_people: { rows: count('unknown_person'), people: scratch.waiting.count },
    dates: dates ?? null,
    read_as,
    import_id,
    dry_run: import_id === null,
    rejects_file,
  };
}

const counted = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;

function waitingText({ waiting, unknown_people: { rows, people } }: Report): string[] {
  if (waiting === 0) return [];
  const who = people === 1 ? '1 person who is' : `${people} people who are`;
  const lacking = waiting - rows;
  const names = counted(rows, 'row names', 'rows name');
  return [
    ...(lacking > 0
      ? [`${counted(lacking, 'row lacks', 'rows lack')} something, such as the product.`]
      : []),
    ...(rows > 0 ? [`${names} ${who} not in the house.`] : []),
    'Waiting rows are kept but do not count yet: `signalhouse list waiting` shows what each needs.',
    ...(rows > 0
      ? [
          'People: import contacts with those external ids; or, if the column holds names, say',
          '"formats": {"contact": "full_name"} in MAP.json; or make new people of them with',
          '--create-people.',
        ]
      : []),
  ];
}

const tiedText = (tied: number): string =>
  `${counted(tied, 'row conflicts', 'rows conflict')} with another about the same thing at the ` +
  'same time, and either may win; import the right ones again with a later --observed-at.';

const readAsText = ({ import_id, file_name }: NonNullable<Report['read_as']>): string =>
  `Columns are read as in import ${import_id} (${file_name}); give --map to read them otherwise.`;

/** Rows with reasons, of which only the first are shown. */
type Found = Iterable<Reject> & { count: number };

function linesText(found: Found): string[] {
  const shown = first(LINES_SHOWN, found);
  return [
    ...shown.map(({ line, reasons }) => `line ${line}: ${reasons.join('; ')}`),
    ...(found.count > shown.length ? [`… and ${found.count - shown.length} more`] : []),
  ];
}

/** Dates that could be two days each, in a file that nowhere says which. */
function dateHint(rejects: Found): string[] {
  for (const { reasons } of rejects)
    if (reasons.some((reason) => reason.includes('"dates"')))
      return ['Say how the file writes its dates: --dates M/D/YYYY or --dates D/M/YYYY.'];
  return [];
}

/**
 * The counts as one aligned table and, below them, the first rows that were rejected or land
 * without a part.
 */
export function reportText(report: Report, { rejects, warnings }: Scratch): string {
  const { rejects_file, people_created, dates, tied, dry_run, read_as, import_id } = report;
  const made = counted(people_created, 'person was', 'people were');
  const partly = counted(warnings.count, 'row', 'rows');
  return [
    textTable(['rows', ...COUNTS, 'rejected'], [report]),
    ...linesText(rejects),
    ...dateHint(rejects),
    ...(rejects_file
      ? [`Correct the rejected rows in ${rejects_file}, and import that file.`]
      : []),
    ...(warnings.count > 0 ? [`${partly} could be read only in part:`] : []),
    ...linesText(warnings),
    ...waitingText(report),
    ...(people_created ? [`${made} made of the names and ids in the file.`] : []),
    ...(dates ? [`Dates are read as ${dates}, as the file writes them.`] : []),
    ...(tied ? [tiedText(tied)] : []),
    ...(read_as ? [readAsText(read_as)] : []),
    ...(dry_run ? ['Nothing was written.'] : [`To take it back: import undo ${import_id}`]),
  ].join('\n');
}
