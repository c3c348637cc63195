/** The published rows behind the lines of the weekly summary. */
import { rules } from '../../../../core/rules/config.ts';
import { type WeekLineKey, weekLineName } from '../../../../core/rules/week-lines.ts';
import {
  has,
  inHouseCurrency,
  inWeek,
  type RowsBehind,
  whoseContact,
} from '../../../rows-behind.ts';
import { sentDay, wentOut } from '../mail/counted-messages.ts';

const isLine = (key: WeekLineKey): string => `key.line = '${weekLineName(key)}'`;

/** What a line counts of the messages of its week; a share is over those sent. */
const messageLines: Partial<
  Record<WeekLineKey, { counts: string; isShare?: true; isOverSent?: true }>
> = {
  emails_sent: { counts: 'sent' },
  email_open_rate: { counts: 'opened', isShare: true, isOverSent: true },
  email_reply_rate: { counts: 'replied', isShare: true, isOverSent: true },
  delivered: { counts: 'delivered', isOverSent: true },
  bounced: { counts: 'bounced', isOverSent: true },
  failed: { counts: 'failed' },
  clicked: { counts: 'clicked', isOverSent: true },
};

const messageRows: RowsBehind[] = Object.entries(messageLines).map(
  ([key, { counts, isShare, isOverSent }]) => {
    const counted = has(counts);
    const share = `count(*) filter (where ${counted.only}) / nullif(count(*), 0)`;
    return {
      table: 'fct_email_message',
      when: isLine(key as WeekLineKey),
      where: `${wentOut} and ${inWeek(sentDay)}`,
      figures: {
        value: isShare ? { ...has('sent'), of: share } : counted,
        numerator: counted,
        ...(isOverSent ? { denominator: has('sent') } : {}),
      },
    };
  },
);

const sendDays = `count(distinct t.sent_day) filter (
  where t.sent_day in (select d.day from dim_date as d where d.is_business_day)
)`;

const sendRate: RowsBehind = {
  table: 'fct_email_message',
  when: isLine('email_send_rate'),
  where: inWeek('t.sent_day'),
  figures: {
    value: { ...has('sent'), of: `count(*) / nullif(${sendDays}, 0)` },
    numerator: has('sent'),
    denominator: { ...has('sent'), of: sendDays },
  },
};

const meanSent = { of: 'ceil(avg(t.value))' };

const nextWeekTarget: RowsBehind = {
  table: 'weekly_summary',
  // Below the least number it is that, whatever was sent.
  when: `${isLine('next_week_target')} and key.value > ${rules.next_week_min_emails}`,
  where: `t.line = '${weekLineName('emails_sent')}' and t.state = 'complete'
    and t.week_start <= key.week_start and t.week_start > cast(key.week_start as date)
      - case key.state when 'complete' then 28 else 35 end`,
  figures: { value: meanSent, numerator: meanSent },
};

const salesRows: RowsBehind[] = [
  {
    table: 'fct_purchase',
    when: "key.unit = 'money'",
    where: `${inHouseCurrency} and ${inWeek('t.purchased_day')}`,
    figures: { value: { of: 'coalesce(sum(t.amount), 0)' } },
  },
  {
    table: 'fct_purchase',
    when: isLine('top_channel'),
    where: `t.is_first_purchase and ${inWeek('t.purchased_day')}
      and ${whoseContact('c.channel = key.value_text')}`,
    figures: { numerator: {} },
  },
];

const callRows: RowsBehind[] = [
  {
    table: 'fct_interaction',
    when: isLine('calls_scheduled'),
    where: `t.interaction_key like 'booking:%' and ${inWeek('t.occurred_day')}`,
    figures: { value: {}, numerator: {} },
  },
  {
    table: 'fct_status_change',
    when: isLine('deals_closed'),
    where: `t.field = 'sales_stage' and t.to_value = 'closed_won'
      and exists (
        select 1 from dim_date as d
        where d.week_start = key.week_start
          and t.occurred_at >= d.starts_at and t.occurred_at < d.ends_at
      )
      and not exists (
        select 1 from fct_status_change as b
        where b.contact_key = t.contact_key and b.field = t.field
          and b.to_value = t.to_value and b.change_no < t.change_no
      )`,
    figures: { value: {}, numerator: {} },
  },
];

/** The week before is its own row, which is explained in turn. */
const weekBefore: RowsBehind = {
  table: 'weekly_summary',
  where: 't.line = key.line and t.week_start = cast(key.week_start as date) - 7',
  figures: { previous: { of: 'max(t.value)' } },
};

const unpublished = (view: string, keys: WeekLineKey[]): RowsBehind => ({
  view,
  when: keys.map(isLine).join(' or '),
  columns: ['value', 'numerator', 'denominator'],
});

export const rows: RowsBehind[] = [
  ...messageRows,
  sendRate,
  nextWeekTarget,
  ...salesRows,
  ...callRows,
  weekBefore,
  unpublished('int_weekly_calls', [
    'calls_completed',
    'deal_conversion',
    'calls_pending',
    'average_call_minutes',
  ]),
  unpublished('int_weekly_mail', ['call_conversion']),
  unpublished('int_weekly_sales', ['danger_list']),
];
