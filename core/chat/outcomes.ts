/**
 * What the emoji on a message say of a call (A5).
 * Home of A5.
 */

/** From strong to weak: of several the first one present holds. */
export const outcomes = ['booked', 'connected', 'voicemail', 'no_call'] as const;
export type Outcome = (typeof outcomes)[number];
export type OutcomeEmoji = Record<Outcome, readonly string[]>;

export const usualEmoji: OutcomeEmoji = {
  booked: ['🇧', '🅱'],
  connected: ['👍'],
  voicemail: ['🇻', '✌'],
  no_call: ['❌', '🇽'],
};

/** An emoji without skin tone and without the mark that it is drawn as a picture. */
const plain = (emoji: string): string => emoji.replace(/[\u{1f3fb}-\u{1f3ff}\ufe0e\ufe0f]/gu, '');

/** The outcome of the emoji that are on a message now; null where none of them means one. */
export function outcomeOf(present: string[], meaning: OutcomeEmoji): Outcome | null {
  const there = new Set(present.map(plain));
  return outcomes.find((name) => meaning[name].some((emoji) => there.has(plain(emoji)))) ?? null;
}
