/** The messages behind the numbers of mail. */
import { rules } from '../../core/rules/config.ts';
import { type Behind, inWeek, whose } from './behind.ts';

const has = (instant: string) => ({ only: `t.${instant}_at is not null` });
const sentDay = 'coalesce(t.sent_day, t.created_day)';
const wentOut = '(t.sent_at is not null or t.failed_at is not null)';

const counts = {
  delivered: has('delivered'),
  failed: has('failed'),
  bounced: has('bounced'),
  opened: has('opened'),
  opened_human: has('opened_human'),
  clicked: has('clicked'),
  clicked_human: has('clicked_human'),
  replied: has('replied'),
};

export const dailyMail: Behind = {
  table: 'fct_email_message',
  where: `${wentOut} and ${sentDay} = key.day and t.campaign = key.campaign and key.agent = 'none'
    and ${whose('c.channel = key.channel and c.lead_type = key.lead_type')}`,
  figures: { emails_sent: has('sent'), ...counts },
};

/** What a line of the week counts of that week's messages; a share is over those sent. */
const weekLines: Record<string, { counts: string; isShare?: true; isOverSent?: true }> = {
  'Emails Sent': { counts: has('sent').only },
  'Email Open Rate': { counts: has('opened').only, isShare: true, isOverSent: true },
  'Email Reply Rate': { counts: has('replied').only, isShare: true, isOverSent: true },
  Delivered: { counts: has('delivered').only, isOverSent: true },
  Bounced: { counts: has('bounced').only, isOverSent: true },
  Failed: { counts: counts.failed.only },
  Clicked: { counts: has('clicked').only, isOverSent: true },
};

const sendDays = `count(distinct t.sent_day) filter (where t.sent_day in
  (select d.day from dim_date as d where d.is_business_day))`;
const sentPerDay = { ...has('sent'), of: `count(*) / nullif(${sendDays}, 0)` };

const weekSums: Behind[] = [
  {
    table: 'fct_email_message',
    when: "key.line = 'Email Send Rate'",
    where: inWeek('t.sent_day'),
    figures: {
      value: sentPerDay,
      numerator: has('sent'),
      denominator: { ...has('sent'), of: sendDays },
    },
  },
  {
    table: 'weekly_summary',
    // Below the least number it is that, whatever was sent.
    when: `key.line = 'Next Week Target' and key.value > ${rules.next_week_min_emails}`,
    where: `t.line = 'Emails Sent' and t.state = 'complete' and t.week_start <= key.week_start
      and t.week_start > cast(key.week_start as date) - case key.state when 'complete' then 28 else 35 end`,
    figures: { value: { of: 'ceil(avg(t.value))' }, numerator: { of: 'ceil(avg(t.value))' } },
  },
];

const weekCounts: Behind[] = Object.entries(weekLines).map(
  ([line, { counts: only, isShare, isOverSent }]) => ({
    table: 'fct_email_message',
    when: `key.line = '${line}'`,
    where: `${wentOut} and ${inWeek(sentDay)}`,
    figures: {
      value: isShare
        ? { ...has('sent'), of: `count(*) filter (where ${only}) / nullif(count(*), 0)` }
        : { only },
      numerator: { only },
      ...(isOverSent ? { denominator: has('sent') } : {}),
    },
  }),
);

export const weeklyMail: Behind[] = [...weekCounts, ...weekSums];

export const emailPerformance: Behind[] = [
  {
    table: 'fct_email_message',
    where: `${wentOut} and ${inWeek(sentDay)} and t.campaign = key.campaign
      and t.sequence_version is not distinct from key.sequence_version and t.step_number is not distinct from key.step_number`,
    figures: {
      sent: has('sent'),
      ...counts,
      complained: has('complained'),
      unsubscribed: has('unsubscribed'),
    },
  },
];

export const deliverability: Behind[] = [
  {
    table: 'fct_email_message',
    where: `(t.sent_at is not null or t.suppressed_at is not null) and ${sentDay} = key.day
      and t.sending_domain = key.sending_domain and t.recipient_domain_group = key.recipient_domain_group`,
    figures: {
      ...{
        sent: has('sent'),
        delivered: has('delivered'),
        delayed: has('delayed'),
        bounced: has('bounced'),
      },
      hard_bounced: { only: "t.bounce_type = 'hard'" },
      soft_bounced: { only: "t.bounce_type = 'soft'" },
      ...{ complained: has('complained'), suppressed: has('suppressed') },
    },
  },
];

export const emailMessage: Behind[] = [
  { table: 'fct_email_event', where: 't.message_id = key.message_id', figures: {} },
];
