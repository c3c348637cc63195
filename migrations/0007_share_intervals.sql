-- How sure the models that learn from paths are of a channel's share of a month's conversions: 95 % bounds by bootstrap, true for the
-- instant of the night that drew them (R8d). Only the latest nights' are kept.
create table share_intervals (
  as_of integer not null,
  model text not null,
  conversion_type text not null,
  lookback text not null,
  month_start text not null,
  currency text not null,
  channel text not null,
  share_lo real not null,
  share_hi real not null,
  primary key (as_of, model, conversion_type, lookback, month_start, currency, channel)
) without rowid;
