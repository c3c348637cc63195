/**
 * What is objected in calls, as codes, each with the words that mean it. Objections are written by
 * hand, so a mart carries the code, never the text (R12). In the order in which a text is looked
 * at; a text with none of the words is `other`.
 */
export const objectionWords: Record<string, readonly string[]> = {
  needs_approval: [
    'approv',
    'partner',
    'husband',
    'wife',
    'parent',
    'boss',
    'manager',
    'discuss',
    'think_about',
  ],
  has_a_provider: ['provider', 'already', 'tutor', 'supplier', 'own_team'],
  competitor: ['competit', 'elsewhere', 'cheaper'],
  budget: ['budget', 'no_money', 'funds'],
  price: ['pric', 'expens', 'cost', 'afford', 'too_much', 'fee'],
  timing: [
    'timing',
    'time',
    'busy',
    'later',
    'not_now',
    'schedul',
    'holiday',
    'next_term',
    'next_year',
  ],
  too_far: ['far', 'distance', 'location', 'travel', 'online'],
  no_need: ['need', 'interest', 'priority'],
  trust: ['trust', 'proof', 'review', 'guarantee', 'scam', 'risk', 'result'],
  quality: ['quality', 'level', 'teacher', 'content', 'curriculum'],
  contract: ['contract', 'commit', 'terms', 'cancel', 'refund'],
};
