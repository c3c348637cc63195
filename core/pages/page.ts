/** A designed page of text, rendered alike as a tab of a spreadsheet and as a sheet of the workbook. */

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

/** Text as people read it; `tab` links to that table of ours. */
export type PageCell = { text: string; style: PageStyle; tab?: string };

export type Page = {
  /** Title of the tab. */
  name: string;
  /** Widths in characters. */
  columns: { width: number; align: 'left' | 'right' }[];
  rows: (PageCell | null)[][];
  frozen_rows: number;
};
