/** Where a fact comes from: who told us, on which account, and how the contact was touched. */

export type Origin = {
  /** aircall, discord, resend, api, csv, or the system that a file names as its own. */
  provider: string;
  /** Of several that the house has at the provider: main, sales2. */
  account?: string | null | undefined;
  /** phone, whatsapp, email; absent where nobody was touched. */
  medium?: string | null | undefined;
};

/** The providers of calls with their medium. What any other provider states was logged by hand. */
const mediums = new Map([
  ['aircall', 'phone'],
  ['discord', 'whatsapp'],
]);

export const callProviders: readonly string[] = [...mediums.keys()];

/** The medium of a call, where the fact states none; one that was logged by hand was dialled. */
export const callMedium = (provider: string): string => mediums.get(provider) ?? 'phone';

/** What of the origin is a part of a thing's identity (F1): two accounts may use one id twice. */
export const originKey = ({ provider, account }: Origin): string | [string, string] =>
  account ? [provider, account] : provider;
