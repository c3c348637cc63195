/** Finds the columns of a path file that hold the path and its counts. */
import { Fault } from '../faults.ts';

/** Column names as the caller states them; by default, a usual name. */
export type PathColumns = { path?: string; conversions?: string; value?: string; null?: string };
type Role = keyof PathColumns;

/** Their positions in the header; -1 if the file has none. */
export type PathPlaces = Record<Role, number>;

const ROLES: Role[] = ['path', 'conversions', 'value', 'null'];
const NEEDED: Role[] = ['path', 'conversions'];

/** The usual names; the last of each is the name in the mart attribution_paths. */
const USUAL: Record<Role, string[]> = {
  path: ['path'],
  conversions: ['total_conversions', 'conversions', 'key_events', 'converting'],
  value: ['total_conversion_value', 'conversion_value', 'value', 'total_revenue', 'revenue'],
  null: ['total_null', 'null', 'non_converting'],
};

/** Names are compared without case, spaces and punctuation. */
const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_');

/** Analytics tools name the path column by its steps: `MCF Channel Grouping Path`. */
const isPathName = (name: string): boolean => name === 'path' || name.endsWith('_path');

/** Every position of the first name that the file has. */
function candidates(header: string[], role: Role, stated: string | undefined): number[] {
  const placesOf = (isMeant: (name: string) => boolean) =>
    header.flatMap((name, i) => (isMeant(name) ? [i] : []));
  if (stated !== undefined) return placesOf((name) => name === stated);
  const usual = USUAL[role].map((name) => placesOf((other) => plain(other) === name));
  const found = usual.find((places) => places.length > 0) ?? [];
  return found.length === 0 && role === 'path'
    ? placesOf((name) => isPathName(plain(name)))
    : found;
}

/** Whether a line names every required column: a report may have titles above it. */
export const isPathHeader =
  (columns: PathColumns) =>
  (cells: string[]): boolean => {
    const header = cells.map((cell) => cell.trim());
    return NEEDED.every((role) => candidates(header, role, columns[role]).length > 0);
  };

/**
 * Throws `unknown_column`, listing the file's columns, and `bad_input` for a name that occurs
 * twice.
 */
export function pathPlaces(header: string[], columns: PathColumns): PathPlaces {
  const there = `the file has: ${header.join(', ')}`;
  const placeOf = (role: Role): number => {
    const stated = columns[role];
    const [place = -1, second] = candidates(header, role, stated);
    if (second !== undefined) {
      const names = [...new Set([header[place]!, header[second]!])];
      throw new Fault(
        'bad_input',
        names.length === 1
          ? `there are two columns ${names[0]}; ${there}`
          : `both ${names.join(' and ')} could be the ${role}; choose with --${role}-column`,
      );
    }
    if (place < 0 && (stated !== undefined || NEEDED.includes(role))) {
      const names = stated === undefined ? USUAL[role].join(' or ') : stated;
      throw new Fault(
        'unknown_column',
        `no column ${names}; ${there}. Name it with --${role}-column.`,
        { columns: header },
      );
    }
    return place;
  };
  return Object.fromEntries(ROLES.map((role) => [role, placeOf(role)])) as PathPlaces;
}
