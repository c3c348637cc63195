/** Whether a file writes days or months first, if that is certain (F9). */
import { fieldsOf, type RowKind } from '../facts/fields.ts';
import type { Column } from './columns.ts';

const NUMERIC = /^(\d{1,2})([/.-])(\d{1,2})\2\d{4}(?!\d)/;

/**
 * Looks at the cells of one row after the other, and then says `D/M/YYYY` or `M/D/YYYY`, with the
 * file's own separator: all dates of a file are written alike, and one with a number above 12
 * decides. Undefined if none does, if two disagree, or if there are no such dates.
 */
export function dateFormats(kind: RowKind, columns: Column[]) {
  const places = columns
    .filter(({ headers }) => headers.some((h) => fieldsOf[kind][h]?.type === 'instant'))
    .map(({ place }) => place);
  const found = new Set<string>();
  return {
    look(cells: string[]): void {
      for (const place of places) {
        const [, first, sign, second] = NUMERIC.exec(cells[place]!.trim()) ?? [];
        if (Number(first) > 12) found.add(`D${sign}M${sign}YYYY`);
        if (Number(second) > 12) found.add(`M${sign}D${sign}YYYY`);
      }
    },
    certain: (): string | undefined => (found.size === 1 ? [...found][0] : undefined),
  };
}
