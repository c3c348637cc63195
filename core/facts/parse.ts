/** From a row of any kind to its facts: the one way, for the JSON doors and the CSV import. */
import { adSpendFacts } from './ad-spend.ts';
import { callFacts } from './call.ts';
import { campaignFacts, enrolmentFacts } from './campaign.ts';
import { contactFacts } from './contact.ts';
import { emailEventFacts } from './email-event.ts';
import type { Fact } from './fact.ts';
import type { RowKind } from './fields.ts';
import { interactionFacts } from './interaction.ts';
import { purchaseFacts } from './purchase.ts';
import { type Parsed, type Row, type RowContext, readRow } from './row.ts';
import { sequenceFacts } from './sequence.ts';

const parsers: Record<RowKind, (row: Row) => Fact[]> = {
  contacts: contactFacts,
  interactions: interactionFacts,
  calls: callFacts,
  purchases: purchaseFacts,
  'email-events': emailEventFacts,
  campaigns: campaignFacts,
  enrolments: enrolmentFacts,
  sequences: sequenceFacts,
  'ad-spend': adSpendFacts,
};

/** The facts that a row with canonical headers states, or all its errors, each naming its field. */
export function parseRow(kind: RowKind, raw: Record<string, unknown>, context: RowContext): Parsed {
  const row = readRow(kind, raw, context);
  const facts = parsers[kind](row);
  return row.errors.length > 0 ? { errors: row.errors } : { facts, warnings: row.warnings };
}
