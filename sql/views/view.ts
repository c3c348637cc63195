/** A named query over other views and tables. */
export type View = {
  name: string;
  sql: string;
  /** Says something of the whole house (a percentile, who names whom), so it reads everyone whatever the scope of the query. */
  isOfEveryone?: true;
  /** Has a few rows of everyone: whoever asks for many parts of the house asks for them once. */
  isAskedOnce?: true;
};
