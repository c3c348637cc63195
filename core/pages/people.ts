/** The list of people: what is searched for, and one page of the answer. */

export type PeopleSearch = { text: string; status: string; stage: string; page: number };

/** `vip` and `unsubscribed` are 0 or 1, the score is in thousandths, instants are UTC ms. */
export type ListedPerson = {
  contact_key: string;
  full_name: string | null;
  company: string | null;
  address: string | null;
  lead_status: string;
  sales_stage: string;
  vip: number;
  unsubscribed: number;
  score_milli: number;
  emails_sent: number;
  attempts: number;
  last_activity_at: number | null;
};

export type PeoplePage = {
  rows: ListedPerson[];
  found: number;
  search: PeopleSearch;
  page_size: number;
};
