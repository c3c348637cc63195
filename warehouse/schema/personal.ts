/**
 * Which stored columns tell who somebody is, or hold what people wrote: none of them is published
 * as it stands (R12).
 */
export const personalColumns: Record<string, readonly string[]> = {
  contacts: [
    'full_name',
    'company',
    'role',
    'assigned_to',
    'tags',
    'notes',
    'next_action',
    'attributes',
  ],
  identities: ['value'],
  merges: ['value'],
  observations: ['thing_key', 'stated', 'addresses'],
  interactions: ['summary'],
  calls: ['recording_url', 'objections', 'next_steps', 'notes'],
  purchases: ['referrer_value'],
  email_messages: ['subject', 'recipient'],
  email_events: ['link', 'user_agent', 'sender', 'imported'],
  reply_texts: ['text'],
  suppressions: ['address'],
  sequence_steps: ['subject'],
  agents: ['name'],
  campaigns: ['name', 'target_segment', 'owner'],
  dead_events: ['reason', 'body'],
  waiting_facts: ['address', 'fact'],
  inbox: ['body'],
  imports: ['file_name', 'imported_by', 'mapping'],
  planned_steps: ['subject', 'body', 'from_name', 'from_address'],
  stored_marts: ['rows'],
};
