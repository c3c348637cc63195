import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Equal in constant time, whatever the lengths. */
export const sameSecret = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

/** Whether an Authorization header carries this token as a bearer. */
export function isBearer(header: string | null | undefined, token: string): boolean {
  const [scheme, given, ...rest] = (header ?? '').split(' ');
  return (
    scheme?.toLowerCase() === 'bearer' && !!given && rest.length === 0 && sameSecret(given, token)
  );
}
