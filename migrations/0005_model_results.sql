-- What the nights learn from all paths: per model, conversion type and lookback the removal effect of each channel in billionths, true
-- for the instant of the night (R8d). The channel 'unattributed' has none and says that the others were solved.
create table model_results (
  as_of integer not null,
  model text not null,
  conversion_type text not null,
  lookback text not null,
  channel text not null,
  effect_ppb integer not null,
  primary key (as_of, model, conversion_type, lookback, channel)
) without rowid;
