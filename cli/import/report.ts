/** What an import did: new + updated + skipped + waiting + rejected = rows (V21). */
import type { Reject } from '../../core/csv/import.ts';
import type { Fact } from '../../core/facts/fact.ts';
import { textTable } from '../text-table.ts';
import type { Landed } from './send.ts';

const REJECTS_SHOWN = 10;
const COUNTS = ['new', 'updated', 'skipped', 'waiting'] as const;

export type Report = Record<'rows' | (typeof COUNTS)[number] | 'rejected' | 'tied', number> & {
  /** Rows that wait for a person, and how many people they name who are not in the house. */
  unknown_people: { rows: number; people: number };
  dry_run: boolean;
  rejects_file: string | null;
};

/** The facts of rows that wait and name a person by an id that may be nobody's yet. */
export const waitingForPeople = (facts: Fact[], { outcomes }: Landed): Fact[] =>
  facts.filter((fact, i) => outcomes[i] === 'waiting' && fact.contact?.kind === 'external');

export function reportOf(
  rows: number,
  facts: Fact[],
  landed: Landed,
  rejects: Reject[],
  dry_run: boolean,
  rejects_file: string | null,
): Report {
  const count = (wanted: string) => landed.outcomes.filter((each) => each === wanted).length;
  const unknown = waitingForPeople(facts, landed);
  return {
    rows,
    new: count('new'),
    updated: count('updated'),
    skipped: count('skipped'),
    waiting: count('waiting'),
    rejected: rejects.length,
    tied: landed.tied,
    unknown_people: {
      rows: unknown.length,
      people: new Set(unknown.map((fact) => fact.contact!.value)).size,
    },
    dry_run,
    rejects_file,
  };
}

const counted = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;

function waitingText({ waiting, unknown_people: { rows, people } }: Report): string[] {
  if (waiting === 0) return [];
  const list = '`signalhouse list waiting` shows what each row waits for.';
  if (rows === 0) return [`Waiting rows are kept but do not count yet: ${list}`];
  const who = people === 1 ? '1 person who is' : `${people} people who are`;
  return [
    `${counted(rows, 'row names', 'rows name')} ${who} not in the house. They are kept but do not count until a contact with that external_id is imported: ${list}`,
    'If the column holds names, say "formats": {"contact": "full_name"} in MAP.json; to make new people of them, add --create-people.',
  ];
}

const tiedText = (tied: number): string =>
  `${counted(tied, 'row conflicts', 'rows conflict')} with another about the same thing at the same time, and either may win; import the right ones again with a later --observed-at.`;

/** The counts as one aligned table and, below them, the first rows that were rejected. */
export function reportText(report: Report, rejects: Reject[]): string {
  const shown = rejects.slice(0, REJECTS_SHOWN);
  return [
    textTable(['rows', ...COUNTS, 'rejected'], [report]),
    ...shown.map(({ line, reasons }) => `line ${line}: ${reasons.join('; ')}`),
    ...(rejects.length > shown.length ? [`… and ${rejects.length - shown.length} more`] : []),
    ...(report.rejects_file
      ? [`All rejected rows with their reasons: ${report.rejects_file}`]
      : []),
    ...waitingText(report),
    ...(report.tied ? [tiedText(report.tied)] : []),
    ...(report.dry_run ? ['Nothing was written.'] : []),
  ].join('\n');
}
