/**
 * The per-contact summary that live pages read (architecture decision 3), selected from the views
 * that define its values.
 * Home of C3.
 */
import { type Binding, render } from '../../sql/render.ts';
import { differs, overwrite } from '../insert-rows.ts';
import { columnsOf } from '../schema/columns.ts';
import { contactSummary } from '../schema/index.ts';
import { DEFINITIONS } from '../stored/views.ts';

/** Every column but the key and the score, which is compared in a way of its own. */
const columns = columnsOf(contactSummary, ['contact_id', 'score_milli']);
const names = columns.join(', ');

/**
 * A VIP by LTV stays as the last night computed it (L3); one by hand counts at once. What is kept
 * of a contact counts from when the house adopts the definitions that made it.
 */
const VALUES: { [column in (typeof columns)[number]]?: string } = {
  vip: `max(
    coalesce((
      select vip from contact_summary where contact_summary.contact_id = m.contact_id), 0),
    coalesce(c.vip_by_hand, 0))`,
  valid_until: `case
    when (select stored_for from main.house) = (${DEFINITIONS}) then valid_until
    else 0
  end`,
};
const values = columns.map((name) => `${VALUES[name] ?? name} as ${name}`);

const SELECT = `select m.contact_id, score_milli, ${values.join(', ')}
from int_contact_milestones as m
join stg_contacts as c on c.contact_id = m.contact_id
join int_contact_status as s on s.contact_id = m.contact_id
join int_contact_scores as p on p.contact_id = m.contact_id
join int_contact_validity as v on v.contact_id = m.contact_id
where true`;

/**
 * The statement that inserts summaries or updates those that differ. A score moves with every
 * millisecond, so that decay alone would make a duplicate delivery write a row: by day a score is
 * written when it rose, or fell by more than a fiftieth, and with `everyScore` whenever it differs.
 * Pages that need it to the instant render `int_contact_scores` themselves (C3).
 */
export function upsertSummaries(binding: Binding, everyScore: boolean): string {
  const scored = everyScore
    ? 'excluded.score_milli <> contact_summary.score_milli'
    : `excluded.score_milli > contact_summary.score_milli
        or excluded.score_milli * 50 < contact_summary.score_milli * 49`;
  return `insert into contact_summary (contact_id, score_milli, ${names})
${render(SELECT, binding)}
${overwrite(contactSummary)}
where ${differs(contactSummary, columns)} or ${scored}`;
}

/** Lays the whole house's VIPs over the summaries, where they differ (L3). */
export const upsertVips = (db: D1Database, now: number): D1PreparedStatement =>
  db.prepare(
    `with vips as (${render('select contact_id, vip from int_contact_vips', { as_of: now })})
     update contact_summary set vip = vips.vip from vips
     where vips.contact_id = contact_summary.contact_id and vips.vip <> contact_summary.vip`,
  );
