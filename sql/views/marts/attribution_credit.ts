import type { Contract } from '../../contract.ts';

export const contract = {
  name: 'attribution_credit',
  kind: 'fact',
  answers: 'How much of each conversion, and of its revenue, does each touch earn under each model?',
  grain: ['contact_key', 'conversion_type', 'conversion_key', 'touch_key', 'model', 'lookback'],
  columns: [
    { name: 'contact_key', type: 'string', description: 'Keyed hash of the contact.' },
    {
      name: 'conversion_type',
      type: 'string',
      description: 'What was reached: lead, booking, first_purchase or repeat_purchase.',
    },
    {
      name: 'conversion_key',
      type: 'string',
      description: 'Names the contact’s conversion: the booking, the purchase, or lead.',
    },
    {
      name: 'touch_key',
      type: 'string',
      description: 'Names the contact’s touch; unattributed where the conversion had none.',
    },
    { name: 'model', type: 'string', description: 'How credit is shared, as in attribution_summary.' },
    {
      name: 'lookback',
      type: 'string',
      description: 'How far back a touch may lie and still earn credit: 30d, 90d or all.',
    },
    { name: 'month_start', type: 'date', description: 'First day of the month of the conversion.' },
    { name: 'currency', type: 'string', description: 'Currency of value; for leads and bookings the house’s own.' },
    { name: 'channel', type: 'string', description: 'The touch’s channel.' },
    {
      name: 'campaign',
      type: 'string',
      description: 'Campaign of the touch, for an advert its link’s utm_campaign; none where it has none.',
    },
    {
      name: 'message',
      type: 'string',
      description: 'Campaign, version and step of the message that was answered; none where the touch is no mail.',
    },
    {
      name: 'share_ppb',
      type: 'integer',
      description: 'Part of the conversion in billionths; sums to 1,000,000,000 per conversion, model and lookback.',
    },
    {
      name: 'value',
      type: 'money',
      description: 'Part of its revenue, refunds taken off; sums to the revenue exactly.',
    },
  ],
  sheets: 'none',
  byContact: true,
  through: 'month_start',
} as const satisfies Contract;
