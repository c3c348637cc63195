-- What was spent on advertising, per channel, campaign and business day (a thing, F1): the denominator of roas and the numerator of cpa.
create table ad_spend (
  spend_key text not null,
  source text not null,
  channel text not null,
  campaign_id text,
  spent_at integer not null,
  spent_day text not null,
  amount_minor integer not null,
  currency text not null,
  primary key (spend_key)
) without rowid;
