/** What an observation of each kind may state, by column. */

import { type Field, fieldsOf, type RowKind } from './fields.ts';
import type { ThingKind } from './thing-kinds.ts';

const rowKindOf: Record<ThingKind, RowKind> = {
  contact: 'contacts',
  interaction: 'interactions',
  call: 'calls',
  purchase: 'purchases',
  campaign: 'campaigns',
  enrolment: 'enrolments',
  planned_step: 'sequences',
  ad_spend: 'ad-spend',
};

const id = (column: string): Field => ({ type: 'id', column });

/** Columns that the parsers of rows make out of other fields. */
const derived: Partial<Record<ThingKind, Field[]>> = {
  call: [id('agent_id')],
  purchase: [
    id('agent_id'),
    id('refund_of_key'),
    id('referrer_value'),
    { type: 'code', column: 'referrer_kind', choices: ['email', 'phone', 'external'] },
  ],
};

const columnsOfKind = (kind: ThingKind): ReadonlyMap<string, Field> =>
  new Map(
    [...Object.values(fieldsOf[rowKindOf[kind]]), ...(derived[kind] ?? [])].flatMap((field) =>
      field.column ? [[field.column, field] as const] : [],
    ),
  );

const byKind = new Map(
  (Object.keys(rowKindOf) as ThingKind[]).map((kind) => [kind, columnsOfKind(kind)]),
);

/** The columns that an observation of this kind may state, each with its field. */
export const statedColumns = (kind: ThingKind): ReadonlyMap<string, Field> => byKind.get(kind)!;
