/** The funnel against loops over the histories of drawn houses (R9, S2). */
import { expect, it } from 'vitest';
import { DAY } from '../../core/durations.ts';
import { expectAgreement, inHouses, percentile, sum } from './by-loops.ts';
import { randomAsOf as as_of } from './random-house.ts';
import type { SqliteHouse, ViewRow } from './sqlite-house.ts';

const HOUSES = process.env.FULL ? 150 : 30;
const ladders = [
  {
    ladder: 'lifecycle',
    field: 'lead_status',
    off: ['dormant', 'unsubscribed'],
    stages: ['cold', 'engaged', 'warm', 'hot', 'customer', 'alumni'],
  },
  {
    ladder: 'pipeline',
    field: 'sales_stage',
    off: ['closed_lost', 'unsubscribed'],
    stages: ['new', 'contacted', 'replied', 'scheduled', 'called', 'proposal', 'closed_won'],
  },
];

/** Leads of one cohort and segment, each with its changes in their order. */
type Lead = { contact: ViewRow; changes: ViewRow[] };

function walk({ contact, changes }: Lead, { field, stages }: (typeof ladders)[number]) {
  const last = (name: string, none: string) =>
    String(changes.findLast((row) => row.field === name)?.to_value ?? none);
  const path = changes.filter((row) => row.field === field);
  const isStopped = last('unsubscribed', '0') === '1';
  const isOpen = !['closed_won', 'closed_lost'].includes(last('sales_stage', 'new'));
  return {
    ever: [...path.map(({ to_value }) => to_value), ...(isStopped ? ['unsubscribed'] : [])],
    now: isStopped ? 'unsubscribed' : last(field, stages[0]!),
    top: Math.max(0, ...path.map(({ to_value }) => stages.indexOf(String(to_value)))),
    open: isOpen ? Number(contact.deal_value_minor ?? 0) : 0,
    stays: path.slice(1).map((row, i) => {
      return {
        stage: path[i]!.to_value,
        days: (Number(row.occurred_at) - Number(path[i]!.occurred_at)) / DAY,
      };
    }),
  };
}

function stagesOf(leads: Lead[], one: (typeof ladders)[number]): object[] {
  const walked = leads.map((lead) => walk(lead, one));
  const reachedBy = (rung: number) => walked.filter(({ top }) => top >= rung).length;
  return [...one.stages, ...one.off].map((stage) => {
    const rung = one.stages.indexOf(stage);
    const here = walked.filter(({ now }) => now === stage);
    const days = walked.flatMap(({ stays }) =>
      stays.filter((stay) => stay.stage === stage).map((stay) => stay.days),
    );
    return {
      ladder: one.ladder,
      stage,
      stage_no: rung < 0 ? null : rung + 1,
      leads: leads.length,
      entered: walked.filter(({ ever }) => ever.includes(stage)).length,
      reached: rung < 0 ? null : reachedBy(rung),
      reached_previous: rung < 1 ? null : reachedBy(rung - 1),
      reached_top: rung < 0 ? null : leads.length,
      current_count: here.length,
      open_value: sum(here.map(({ open }) => open)),
      median_days_in_stage: percentile(0.5, days),
      p90_days_in_stage: percentile(0.9, days),
    };
  });
}

function compare(house: SqliteHouse, words: string): number {
  const rows = (view: string, order: string) =>
    house.query(`select * from ${view} order by ${order}`, { as_of });
  const weeks = new Map(rows('stg_calendar', 'day').map(({ day, iso_week }) => [day, iso_week]));
  const changes = Map.groupBy(
    rows('stg_status_changes', 'occurred_at'),
    ({ contact_id }) => contact_id,
  );
  const leads = rows('int_contacts', 'contact_id').map((contact): Lead => {
    return { contact, changes: changes.get(contact.contact_id!) ?? [] };
  });
  const made = ['all', 'channel', 'lead_type', 'tier'].flatMap((dimension) => {
    const keyOf = ({ contact }: Lead) => {
      const value = dimension === 'all' ? 'all' : contact[dimension];
      return JSON.stringify({ cohort: weeks.get(contact.lead_added_day!), dimension, value });
    };
    return [...Map.groupBy(leads, keyOf)].flatMap(([key, of]) =>
      ladders.flatMap((one) =>
        stagesOf(of, one).map((stage) => ({ ...JSON.parse(key), ...stage })),
      ),
    );
  });
  expectAgreement(rows('funnel', 'cohort'), made, words);
  house.close();
  return made.length;
}

it('counts who entered, reached and stands in each stage as loops do', () => {
  expect(inHouses(150, HOUSES, compare)).toBeGreaterThan(1000);
});
