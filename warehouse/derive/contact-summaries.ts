/**
 * The per-contact summary that live pages read (architecture decision 3), selected from the views
 * that define its values.
 * Home of C3.
 */
import { type Binding, render } from '../../sql/render.ts';

const columns = [
  'lead_status',
  'sales_stage',
  'unsubscribed',
  'vip',
  'first_touch_at',
  'last_touch_at',
  'last_activity_at',
  'emails_sent',
  'emails_opened',
  'emails_clicked',
  'emails_replied',
  'calls_booked',
  'calls_completed',
  'attempts',
  'connections',
  'first_purchase_at',
  'next_follow_up_at',
];

/** A vip by LTV stays as the last night computed it (L3); one by hand counts at once. */
const VALUES: Record<string, string> = {
  vip: `max(coalesce((select vip from contact_summary where contact_summary.contact_id = m.contact_id), 0), coalesce(c.vip_by_hand, 0))`,
};

const SELECT = `select m.contact_id, score_milli, ${columns.map((name) => `${VALUES[name] ?? name} as ${name}`).join(', ')}
from int_contact_milestones as m
join stg_contacts as c on c.contact_id = m.contact_id
join int_contact_status as s on s.contact_id = m.contact_id
join int_contact_scores as p on p.contact_id = m.contact_id
where true`;

/**
 * The statement that inserts summaries or updates those that differ. A score moves with every millisecond, so that decay alone would
 * make a duplicate delivery write a row: by day a score is written when it rose, or fell by more than a fiftieth, and with
 * `everyScore` whenever it differs. Pages that need it to the instant render `int_contact_scores` themselves (C3).
 */
export function upsertSummaries(binding: Binding, everyScore: boolean): string {
  const row = (table: string) => `(${columns.map((name) => `${table}.${name}`).join(', ')})`;
  const scored = everyScore
    ? 'excluded.score_milli <> contact_summary.score_milli'
    : `excluded.score_milli > contact_summary.score_milli
        or excluded.score_milli * 50 < contact_summary.score_milli * 49`;
  return `insert into contact_summary (contact_id, score_milli, ${columns.join(', ')})
${render(SELECT, binding)}
on conflict (contact_id) do update set
  score_milli = excluded.score_milli, ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}
where ${row('excluded')} is not ${row('contact_summary')} or ${scored}`;
}

/** Lays the whole house's VIPs over the summaries, where they differ (L3). */
export const upsertVips = (db: D1Database, now: number): D1PreparedStatement =>
  db.prepare(
    `with vips as (${render('select contact_id, vip from int_contact_vips', { as_of: now })})
     update contact_summary set vip = vips.vip from vips
     where vips.contact_id = contact_summary.contact_id and vips.vip <> contact_summary.vip`,
  );
