/** Phone numbers in E.164 (P1, A3): parsed locally, never by a remote lookup. */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** `+614…` for a number that could exist, else undefined. A number without country code belongs to `defaultCountry`. */
export function parsePhone(text: string, defaultCountry: string): string | undefined {
  const phone = parsePhoneNumberFromString(
    text.replace(/^00(?=[1-9])/, '+'),
    defaultCountry as CountryCode,
  );
  return phone?.isPossible() ? phone.number : undefined;
}
