/**
 * The rule models of attribution, once (R8c). `first` and `close` are the weights of a path's first and last touch, `rest` is shared
 * equally by the touches without a role; a part that nobody holds drops and the others rescale, so only proportions matter.
 */
export type RuleModel = {
  model: string;
  first: number;
  close: number;
  rest: number;
  /** Weighs each touch by its age against the path's last one instead of by its place. */
  decays?: true;
};

export const ruleModels: RuleModel[] = [
  { model: 'first', first: 100, close: 0, rest: 0 },
  { model: 'last', first: 0, close: 100, rest: 0 },
  { model: 'linear', first: 0, close: 0, rest: 100 },
  { model: 'u_shaped', first: 40, close: 40, rest: 20 },
  { model: 'time_decay', first: 0, close: 0, rest: 0, decays: true },
];

/** Mediums of a web visit that make it a touch: somebody paid for it (R8a). */
export const paidMediums = ['cpc', 'ppc', 'paid', 'paid_social', 'display'];

/** A relation of constants: `select 'a' as x union all …`, five terms at a time, which is all that D1 takes. */
function relation(rows: string[]): string {
  if (rows.length <= 5) return rows.map((row) => `select ${row}`).join(' union all ');
  const groups: string[] = [];
  for (let i = 0; i < rows.length; i += 5) groups.push(relation(rows.slice(i, i + 5)));
  return relation(groups.map((group) => `* from (${group})`));
}

/** The models as rows of a view: model, first_weight, close_weight, rest_weight, is_decaying. */
export const ruleModelRows: string = relation(
  ruleModels.map(
    ({ model, first, close, rest, decays }) =>
      `'${model}' as model, ${first} as first_weight, ${close} as close_weight, ${rest} as rest_weight, ${decays ? 1 : 0} as is_decaying`,
  ),
);

/** The paid mediums as rows of a view: medium. */
export const paidMediumRows: string = relation(paidMediums.map((medium) => `'${medium}' as medium`));
