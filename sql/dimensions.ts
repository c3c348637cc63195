/** The columns that marts break their numbers down by: one list for each kind of row. */
export const dimensions = {
  leads: ['lead_type', 'offer', 'term', 'year_level', 'channel', 'tier'],
  customers: [
    'channel',
    'campaign',
    'message',
    'training',
    'lead_type',
    'offer',
    'term',
    'year_level',
    'tier',
    'agent',
  ],
  agents: ['lead_type', 'term'],
  cohorts: ['channel', 'lead_type', 'tier'],
  /** What tells touches apart best comes first: they are sorted by all of them. */
  attribution: [
    'message',
    'channel',
    'lead_type',
    'offer',
    'training',
    'campaign',
    'email_type',
    'step',
  ],
} as const;

export type Dimension<List extends keyof typeof dimensions> = (typeof dimensions)[List][number];

/** Throws where there is no such list. */
export function dimensionsOf(list: string): readonly string[] {
  if (!(list in dimensions)) throw new Error(`unknown list of dimensions ${list}`);
  return dimensions[list as keyof typeof dimensions];
}
