/** Columns that say the same in several tables. */

export const contactKey = {
  name: 'contact_key',
  type: 'string',
  description: 'Keyed hash of the contact.',
} as const;
export const nextAction = {
  name: 'next_action',
  type: 'string',
  description:
    'What to do next, as a code; as_stated where somebody wrote it, which only the house’s own ' +
    'pages show.',
} as const;
export const weekStart = {
  name: 'week_start',
  type: 'date',
  description: 'Monday of that week.',
} as const;
export const belowThreshold = {
  name: 'below_threshold',
  type: 'boolean',
  description: 'Fewer leads than a rate should be read from.',
} as const;
export const sequenceVersion = {
  name: 'sequence_version',
  type: 'integer',
  description: 'Version of the sequence.',
} as const;
export const stepNumber = {
  name: 'step_number',
  type: 'integer',
  description: 'Step of the sequence.',
} as const;
export const conversionMonth = {
  name: 'month_start',
  type: 'date',
  description: 'First day of the month of the conversion.',
} as const;
export const conversionType = {
  name: 'conversion_type',
  type: 'string',
  description: 'What was reached: lead, booking, first_purchase or repeat_purchase.',
} as const;
export const conversionKey = {
  name: 'conversion_key',
  type: 'string',
  description: 'Names the contact’s conversion: the booking, the purchase, or lead.',
} as const;
export const touchKey = {
  name: 'touch_key',
  type: 'string',
  description: 'Names the contact’s touch; unattributed where the conversion had none.',
} as const;
export const touchChannel = {
  name: 'channel',
  type: 'string',
  description: 'The touch’s channel.',
} as const;
export const touchCampaign = {
  name: 'campaign',
  type: 'string',
  description:
    'Campaign of the touch, for an advert its link’s utm_campaign; none where it has none.',
} as const;
export const touchMessage = {
  name: 'message',
  type: 'string',
  description:
    'Campaign, version and step of the message that was answered; none where the touch is no mail.',
} as const;
export const lookback = {
  name: 'lookback',
  type: 'string',
  description: 'How far back a touch may lie and still earn credit: 30d, 90d or all.',
} as const;
