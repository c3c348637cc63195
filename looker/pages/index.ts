/** The pages of the report, in order, and the sources that they use. */
import { chartsOf, type ReportPage } from '../report.ts';
import { type Source, sourceNames } from '../sources.ts';
import { callsAndAgents } from './calls-and-agents.ts';
import { executive } from './executive.ts';

export const reportPages: ReportPage[] = [executive, callsAndAgents];

/** Sources that the charts of the pages read, `daily` first. */
export const sourcesUsed = (): Source[] => {
  const used = new Set(reportPages.flatMap(chartsOf).map(({ source }) => source));
  return sourceNames.filter((source) => used.has(source));
};
