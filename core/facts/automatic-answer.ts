/** Mail that no person wrote: out of office, delivery reports (F4). */

/** The sender is the mail system itself, which is nobody. */
export const isMailSystem = (address: string): boolean =>
  /^(mailer-daemon|postmaster)@/i.test(address);

/** What tells of an automatic answer: a header, in lower case, and the values that do. */
const signs: [header: string, values: RegExp][] = [
  ['auto-submitted', /^(?!no\b)\S/i],
  ['precedence', /^(bulk|junk|auto_reply)\b/i],
  ['x-autoreply', /^(?!no\b)\S/i],
  ['x-auto-response-suppress', /^(?!none\b)\S/i],
];

/** Whether mail from `sender` (an address) with these headers is automatic. Names in any case. */
export function isAutomatic(sender: string, headers: ReadonlyMap<string, string>): boolean {
  const values = new Map([...headers].map(([name, value]) => [name.toLowerCase(), value.trim()]));
  return isMailSystem(sender) || signs.some(([name, sign]) => sign.test(values.get(name) ?? ''));
}
