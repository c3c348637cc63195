/** The things that are observed again and again and folded (F1); a mail event happens once. */
export const thingKinds = [
  'contact',
  'interaction',
  'call',
  'purchase',
  'campaign',
  'enrolment',
  'planned_step',
  'ad_spend',
] as const;

export type ThingKind = (typeof thingKinds)[number];
