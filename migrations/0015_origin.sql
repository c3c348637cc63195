-- An enrolment is a person in a campaign: one word in every layer.
alter table campaign_contacts rename to enrolments;

-- The origin of a fact is three columns: who told us, on which account, and how the contact was
-- touched. Observations keep all three; the row of a thing keeps what somebody reads.
alter table observations rename column source to provider;
alter table observations add column account text;
alter table observations add column medium text;
alter table interactions rename column source to provider;
alter table purchases rename column source to provider;
alter table ad_spend rename column source to provider;
alter table calls rename column source to provider;
alter table calls add column medium text not null default 'phone';

-- A call stated the provider once more, or 'manual' where it was logged by hand.
update observations
set
  provider = case
    when stated ->> 'source' in ('aircall', 'discord') then stated ->> 'source' else provider
  end,
  stated = json_remove(stated, '$.source')
where kind = 'call';
update observations
set medium = case provider when 'discord' then 'whatsapp' else 'phone' end
where kind = 'call';
update calls set medium = 'whatsapp' where provider = 'discord';
update calls
set provider = coalesce(
  (
    select provider from observations
    where kind = 'call' and thing_key = call_key
    order by observed_at desc, observation_key desc
    limit 1
  ),
  provider
)
where provider = 'manual';
