/**
 * Views whose rows a house keeps in tables of their names (decision 17): read from there, but for
 * the contacts of whom the tables do not hold what is true at the instant. For those the views' own
 * texts are read, so that the rows are the same either way.
 */
import { copiesOf, dependencies, readsContacts } from './render.ts';

const nameOf = (view: string): string => `${view}_unsettled`;

/**
 * Rows of the table, and computed ones. Those are computed once and whole: the conditions of
 * readers, carried down to them, would grow too deep for D1.
 */
function tableAndText(view: string, columns: readonly string[]): string {
  const names = columns.join(', ');
  return `with computed as materialized (
  select ${names} from ${nameOf(view)}
)
select ${names} from {{table(${view})}}
where contact_id between (select lo from scope) and (select hi from scope)
  and contact_id not in (select contact_id from unsettled)
union all
select ${names} from computed`;
}

/**
 * What `render` takes as `given` on the engine that keeps the tables. `columns` are those of each
 * table, by the view's name; `unsettled` is a query of the contacts whose rows are to be computed.
 */
export function storedViews(
  columns: ReadonlyMap<string, readonly string[]>,
  unsettled: string,
): Map<string, string> {
  const views = [...columns.keys()];
  const made = dependencies(views.map((view) => `select * from ${view}`).join(' union all '));
  return new Map([
    ['unsettled', unsettled],
    ...copiesOf(made.filter(readsContacts), 'in (select contact_id from unsettled)', nameOf),
    ...views.map((view): [string, string] => [view, tableAndText(view, columns.get(view)!)]),
  ]);
}
