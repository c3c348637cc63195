/** Where a visitor came from, out of the UTM parameters of the page's address (P3). */

export type Utm = { utm_source?: string; utm_medium?: string; utm_campaign?: string };

/** The parameters of an address, such as that of the page a form stands on; none in no address. */
export function utmOf(address: string): Utm {
  if (!URL.canParse(address)) return {};
  const { searchParams } = new URL(address);
  const names = ['utm_source', 'utm_medium', 'utm_campaign'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = searchParams.get(name)?.trim().slice(0, 200);
      return value ? [[name, value]] : [];
    }),
  );
}

/** What advertising programs call a medium, as the house's channels of origin. */
const channels: [RegExp, string][] = [
  [/^(cpc|ppc|paid|paid[_-]?(social|search))$/, 'paid'],
  [/^(display|banner|cpm)$/, 'display'],
  [/^(e-?mail|newsletter)$/, 'email'],
  [/^(social|social[_-]?(media|network))$/, 'social'],
  [/^(organic|seo)$/, 'organic'],
  [/^referral$/, 'referral'],
  [/^(event|webinar)$/, 'event'],
];

/** The channel of origin of a lead who came with these parameters; direct without any. */
export function channelOf({ utm_source, utm_medium }: Utm): string {
  if (!utm_source && !utm_medium) return 'direct';
  const medium = (utm_medium ?? '').toLowerCase();
  const [, channel] = channels.find(([pattern]) => pattern.test(medium)) ?? [];
  if (channel) return channel;
  return utm_source?.toLowerCase() === 'linkedin' ? 'linkedin' : 'other';
}
