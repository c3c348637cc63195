/** Webhooks that are signed by an HMAC-SHA256 in hex, with a secret that both sides keep. */
import { z } from 'zod';

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/**
 * Whether one of `signatures` (64 small hex digits each) is that of `text` by one of `secrets`, of
 * which there are two during a roll-over. Compared in constant time.
 */
export async function isSigned(
  text: string,
  signatures: string[],
  secrets: string[],
): Promise<boolean> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const wellFormed = signatures.filter((hex) => /^[0-9a-f]{64}$/.test(hex));
  for (const secret of secrets) {
    const usage: KeyUsage[] = ['verify'];
    const key = await crypto.subtle.importKey('raw', bytesOf(secret), algorithm, false, usage);
    for (const hex of wellFormed)
      if (await crypto.subtle.verify('HMAC', key, fromHex(hex), bytesOf(text))) return true;
  }
  return false;
}

const fromHex = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

const FEWEST_CHARACTERS = 8;

/** One secret, or the new and the old one with a space between; shorter ones could be guessed. */
export const signingSecrets = (description: string) =>
  z
    .string()
    .transform((secrets) => secrets.trim().split(/\s+/))
    .refine((secrets) => secrets.every((secret) => secret.length >= FEWEST_CHARACTERS), description)
    .describe(description);
