/**
 * Whose each event of a mail is, worked out from all that was told, apart from the writer (F4,
 * E10).
 */
import type { EmailEvent, Fact } from '../../core/facts/fact.ts';

/** The addresses of one person, joined by contact facts; the smallest names them. */
function personOf(facts: Fact[]): (address: string) => string {
  const groups: Set<string>[] = [];
  for (const fact of facts) {
    if (fact.kind === 'email_event') continue;
    const joined = new Set((fact.identities ?? []).map(({ value }) => value));
    for (const group of groups.filter((one) => [...one].some((value) => joined.has(value)))) {
      for (const value of group) joined.add(value);
      groups.splice(groups.indexOf(group), 1);
    }
    groups.push(joined);
  }
  return (address) => [...(groups.find((group) => group.has(address)) ?? [address])].sort()[0]!;
}

/**
 * For each event id: whose it is, and whether the message is published under the id of the mail.
 */
export function naiveRecipients(facts: Fact[]): Record<string, { who: string; is_first: boolean }> {
  const person = personOf(facts);
  const events = facts.filter((fact): fact is EmailEvent => fact.kind === 'email_event');
  const isAnswer = (event: EmailEvent) => event.contact_role === 'sender';
  const whose = events.map((event): [string, { who: string; is_first: boolean }] => {
    const ofMail = events.filter(({ message_id }) => message_id === event.message_id);
    const addresses = ofMail.filter((e) => !isAnswer(e)).map(({ contact }) => contact.value);
    const recipients = new Set(addresses.map(person));
    const [first] = (addresses.length ? addresses : ofMail.map((e) => e.contact.value)).sort();
    const told = person(event.contact.value);
    const who = !isAnswer(event) || recipients.has(told) ? told : person(first!);
    return [event.event_id, { who, is_first: who === person(first!) }];
  });
  return Object.fromEntries(whose);
}
