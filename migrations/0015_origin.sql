-- An enrolment is a person in a campaign: one word in every layer.
alter table campaign_contacts rename to enrolments;
