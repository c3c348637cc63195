import type { Contract } from '../../contract.ts';

export const contract = {
  name: 'attribution_touch',
  kind: 'fact',
  answers: 'Which touches came before each conversion, in which order and which role?',
  grain: ['contact_key', 'conversion_type', 'conversion_key', 'touch_key'],
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
    { name: 'month_start', type: 'date', description: 'First day of the month of the conversion.' },
    {
      name: 'touch_key',
      type: 'string',
      description: 'Names the contact’s touch; unattributed where the conversion had none.',
    },
    {
      name: 'position',
      type: 'integer',
      description: 'Place of the touch on the path, 1 the first; 0 where the conversion had none.',
    },
    { name: 'path_length', type: 'integer', description: 'Touches of the path since the conversion before it.' },
    {
      name: 'role',
      type: 'string',
      description:
        'first, lead (the last touch up to becoming a lead), opportunity (the first booking), close (the last touch), several of them with commas, or between; none where the conversion had no touch.',
    },
    { name: 'days_before', type: 'number', description: 'Days from the touch to the conversion.' },
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
    { name: 'email_type', type: 'string', description: 'Type of that message.' },
    { name: 'step', type: 'string', description: 'Step of that message in its sequence.' },
    {
      name: 'lookback',
      type: 'string',
      description:
        'The longest lookback whose path has the touch: position, path_length and role are of that path. All but for what a shorter one alone credits: an unknown source with nothing else in reach, or unattributed where nothing is.',
    },
  ],
  sheets: 'none',
  byContact: true,
  through: 'month_start',
} as const satisfies Contract;
