/** Domains of mail: the one that sends, and the group of those that receive. An address itself says too much (R12). */

/** Who runs the mailboxes of a domain, as far as its name tells; every other domain is a company's, a school's or one's own. */
const groups: [group: string, domains: RegExp][] = [
  ['gmail', /^(gmail|googlemail)\.com$/],
  ['outlook', /^((outlook|hotmail|live)\.[a-z.]+|msn\.com|passport\.com)$/],
  ['yahoo', /^((yahoo|ymail|rocketmail|aol)\.[a-z.]+)$/],
  ['apple', /^(icloud|me|mac)\.com$/],
  [
    'other_free',
    /^(gmx\.[a-z.]+|web\.de|t-online\.de|mail\.(ru|com)|yandex\.[a-z.]+|qq\.com|163\.com|126\.com|proton(mail)?\.[a-z]+|pm\.me|zoho\.com|fastmail\.[a-z]+|comcast\.net|verizon\.net|att\.net|btinternet\.com|orange\.fr|free\.fr|libero\.it|bigpond\.(com|net\.au)|optusnet\.com\.au)$/,
  ],
];

/** The domain of `name@domain`, of `Name <name@domain>` or of a bare domain, in lower case; null where there is none. */
export function domainOf(text: string): string | null {
  const domain = (/@([^@<>\s]+)>?\s*$/.exec(text)?.[1] ?? text.trim()).toLowerCase();
  return /^(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain) ? domain : null;
}

/** gmail, outlook, yahoo, apple, other_free or corporate; null where the address has no domain. */
export function recipientDomainGroup(address: string): string | null {
  const domain = domainOf(address);
  return domain && (groups.find(([, domains]) => domains.test(domain))?.[0] ?? 'corporate');
}
