/** The sending domain of mail and the group of the receiving one: addresses say too much (R12). */

/** Free mail providers that are too small for a group of their own. */
const otherFree = [
  'gmx\\.[a-z.]+',
  'web\\.de',
  't-online\\.de',
  'mail\\.(ru|com)',
  'yandex\\.[a-z.]+',
  'qq\\.com',
  '163\\.com',
  '126\\.com',
  'proton(mail)?\\.[a-z]+',
  'pm\\.me',
  'zoho\\.com',
  'fastmail\\.[a-z]+',
  'comcast\\.net',
  'verizon\\.net',
  'att\\.net',
  'btinternet\\.com',
  'orange\\.fr',
  'free\\.fr',
  'libero\\.it',
  'bigpond\\.(com|net\\.au)',
  'optusnet\\.com\\.au',
];

/** Who runs the mailboxes of a domain, by its name; every other domain counts as corporate. */
const groups: [group: string, domains: RegExp][] = [
  ['gmail', /^(gmail|googlemail)\.com$/],
  ['outlook', /^((outlook|hotmail|live)\.[a-z.]+|msn\.com|passport\.com)$/],
  ['yahoo', /^((yahoo|ymail|rocketmail|aol)\.[a-z.]+)$/],
  ['apple', /^(icloud|me|mac)\.com$/],
  ['other_free', new RegExp(`^(${otherFree.join('|')})$`)],
];

/** The domain of `name@domain`, `Name <name@domain>` or a bare domain, in lower case; else null. */
export function domainOf(text: string): string | null {
  const domain = (/@([^@<>\s]+)>?\s*$/.exec(text)?.[1] ?? text.trim()).toLowerCase();
  return /^(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain) ? domain : null;
}

/** gmail, outlook, yahoo, apple, other_free or corporate; null where the address has no domain. */
export function recipientDomainGroup(address: string): string | null {
  const domain = domainOf(address);
  return domain && (groups.find(([, domains]) => domains.test(domain))?.[0] ?? 'corporate');
}
