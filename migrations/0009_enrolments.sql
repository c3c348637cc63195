-- An enrolment is a thing with a key of its own: people who turn out to be one another were each enrolled, and neither enrolment
-- may depend on which of them was told last (G6). Copies of one row keep the smallest key; `rebuild` folds the others anew.
create table enrolments (
  contact_id integer not null,
  enrolment_key text not null,
  campaign_id text not null,
  enrolled_at integer not null,
  current_step integer not null,
  status text not null,
  converted_at integer,
  primary key (contact_id, enrolment_key)
) without rowid;
insert into enrolments
select e.contact_id, min(o.thing_key), e.campaign_id, e.enrolled_at, e.current_step, e.status, e.converted_at
from campaign_contacts e
join observations o on o.kind = 'enrolment' and o.stated ->> 'campaign_id' = e.campaign_id
left join merges m on m.loser_id = o.contact_id
where coalesce(m.survivor_id, o.contact_id) = e.contact_id
group by e.contact_id, e.campaign_id;
drop table campaign_contacts;
alter table enrolments rename to campaign_contacts;
