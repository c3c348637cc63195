-- What people wrote in the mail that they sent to the house: the whole text, with what it quotes.
-- By the event that it is, so that it goes with the event from one contact to another.
create table reply_texts (
  event_id text primary key,
  text text not null
) without rowid;
