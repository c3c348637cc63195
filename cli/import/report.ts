/** What an import did: new + updated + skipped + waiting + rejected = rows (V21). */
import type { CsvImport, Reject } from '../../core/csv/import.ts';
import type { Fact } from '../../core/facts/fact.ts';
import type { Outcome } from '../../warehouse/write/fact-outcomes.ts';
import { textTable } from '../text-table.ts';
import type { Landed } from './send.ts';

const LINES_SHOWN = 10;
const COUNTS = ['new', 'updated', 'skipped', 'waiting'] as const;
const WAITING: Outcome[] = ['incomplete', 'unknown_person'];

export type Report = Record<
  'rows' | (typeof COUNTS)[number] | 'rejected' | 'tied' | 'people_created',
  number
> & {
  /** Rows that wait for a person, and how many people they name who are not in the house. */
  unknown_people: { rows: number; people: number };
  /** How dates were read, where the file alone says so. */
  dates: string | null;
  dry_run: boolean;
  rejects_file: string | null;
};

/** The facts of rows that wait for a person only. */
export const waitingForPeople = (facts: Fact[], outcomes: Outcome[]): Fact[] =>
  facts.filter((_, i) => outcomes[i] === 'unknown_person');

/**
 * Outcomes by row; of a dry run a row that waits for one of `people` counts as new, since they
 * would be made first.
 */
function outcomesByRow(facts: Fact[], landed: Landed, people: Fact[], isDry: boolean): Outcome[] {
  const made = new Set(people.map(({ contact }) => contact?.value));
  return landed.outcomes.map((outcome, i) =>
    isDry && outcome === 'unknown_person' && made.has(facts[i]!.contact?.value) ? 'new' : outcome,
  );
}

/** `people`: those who were made because rows name them. */
export function reportOf(
  { rows, facts, rejects, dates }: CsvImport,
  landed: Landed,
  people: Fact[],
  dry_run: boolean,
  rejects_file: string | null,
): Report {
  const outcomes = outcomesByRow(facts, landed, people, dry_run);
  const count = (...wanted: Outcome[]) => outcomes.filter((each) => wanted.includes(each)).length;
  const unknown = waitingForPeople(facts, outcomes);
  return {
    rows,
    new: count('new'),
    updated: count('updated'),
    skipped: count('skipped'),
    waiting: count(...WAITING),
    rejected: rejects.length,
    tied: landed.tied,
    people_created: people.length,
    unknown_people: {
      rows: unknown.length,
      people: new Set(unknown.map((fact) => fact.contact!.value)).size,
    },
    dates: dates ?? null,
    dry_run,
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

function linesText(found: Reject[]): string[] {
  const shown = found.slice(0, LINES_SHOWN);
  return [
    ...shown.map(({ line, reasons }) => `line ${line}: ${reasons.join('; ')}`),
    ...(found.length > shown.length ? [`… and ${found.length - shown.length} more`] : []),
  ];
}

/** Dates that could be two days each, in a file that nowhere says which. */
const dateHint = (rejects: Reject[]): string[] =>
  rejects.some(({ reasons }) => reasons.some((reason) => reason.includes('"dates"')))
    ? ['Say how the file writes its dates: --dates M/D/YYYY or --dates D/M/YYYY.']
    : [];

/**
 * The counts as one aligned table and, below them, the first rows that were rejected or land
 * without a part.
 */
export function reportText(report: Report, rejects: Reject[], warnings: Reject[]): string {
  const { rejects_file, people_created, dates, tied, dry_run } = report;
  const made = counted(people_created, 'person was', 'people were');
  const partly = counted(warnings.length, 'row', 'rows');
  return [
    textTable(['rows', ...COUNTS, 'rejected'], [report]),
    ...linesText(rejects),
    ...dateHint(rejects),
    ...(rejects_file ? [`All rejected rows with their reasons: ${rejects_file}`] : []),
    ...(warnings.length > 0 ? [`${partly} could be read only in part:`] : []),
    ...linesText(warnings),
    ...waitingText(report),
    ...(people_created ? [`${made} made of the names and ids in the file.`] : []),
    ...(dates ? [`Dates are read as ${dates}, as the file writes them.`] : []),
    ...(tied ? [tiedText(tied)] : []),
    ...(dry_run ? ['Nothing was written.'] : []),
  ].join('\n');
}
