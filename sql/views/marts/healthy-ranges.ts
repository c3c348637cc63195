/**
 * What is healthy of rates that stand in several tables, as words built from the rules (R10, E8).
 * Home of E8.
 */
import { rate } from '../../../core/display/numbers.ts';
import { rules } from '../../../core/rules/config.ts';

const between = (lo: number, hi: number): string => `${rate(lo)} to ${rate(hi)}`;

export const healthy = {
  delivered: `at or above ${rate(rules.healthy_delivered_rate)}`,
  opened: `at or above ${rate(rules.healthy_open_rate)}`,
  clicked: between(rules.normal_click_rate_lo, rules.normal_click_rate_hi),
  clicked_human: between(rules.normal_human_click_rate_lo, rules.normal_human_click_rate_hi),
  replied: between(rules.normal_reply_rate_lo, rules.normal_reply_rate_hi),
  bounced: `below ${rate(rules.bounce_warn_rate)}`,
  hard_bounced:
    `below ${rate(rules.bounce_warn_rate)}; from ${rate(rules.bounce_pause_rate)} on sending ` +
    'should pause',
  complained:
    `below ${rate(rules.complaint_warn_rate)}; from ${rate(rules.complaint_pause_rate)} on ` +
    'sending should pause',
} as const;
