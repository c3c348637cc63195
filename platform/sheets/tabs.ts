/** The ids of the published tabs, kept beside the manifest so that a report can link to them. */
import type { Written } from '../destination.ts';

const TABS = 'exports/sheets.json';

export type PublishedTabs = {
  spreadsheet: string;
  /** sheetId by mart; it never changes. */
  tabs: Record<string, number>;
};

export async function rememberTabs(bucket: R2Bucket, written: Written[]): Promise<void> {
  const spreadsheet = written.find(({ tab }) => tab)?.tab?.spreadsheet;
  if (!spreadsheet) return;
  const tabs = Object.fromEntries(
    written.flatMap(({ mart, tab }) => (tab ? [[mart, tab.sheet_id]] : [])),
  );
  await bucket.put(TABS, JSON.stringify({ spreadsheet, tabs } satisfies PublishedTabs));
}

/** Null before the first publish to a spreadsheet. */
export const readTabs = async (bucket: R2Bucket): Promise<PublishedTabs | null> =>
  (await bucket.get(TABS))?.json<PublishedTabs>() ?? null;
