/**
 * A designed page of text, rendered alike as a tab of a spreadsheet and as a sheet of the workbook.
 */

export type PageStyle =
  | 'title'
  | 'note'
  | 'sentence'
  | 'heading'
  | 'label'
  | 'figure'
  | 'strong'
  | 'muted'
  | 'good'
  | 'bad'
  | 'warning'
  | 'spark';

/**
 * Text as people read it; `tab` links to that table of ours. A figure has its `number` too, in the
 * unit of its text (a rate as 0–1), for a place that shows numbers.
 */
export type PageCell = { text: string; style: PageStyle; tab?: string; number?: number };

export type Page = {
  /** Title of the tab. */
  name: string;
  /** Widths in characters. */
  columns: { width: number; align: 'left' | 'right' }[];
  rows: (PageCell | null)[][];
  frozen_rows: number;
};
