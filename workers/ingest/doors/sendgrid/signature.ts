/**
 * SendGrid's signature: ECDSA on P-256 with SHA-256 over the timestamp and the raw bytes of the
 * body.
 */
import { Fault } from '../../../../core/faults.ts';

const SECONDS_OFF = 300;

/** What the public key of every P-256 key begins with, as base64 of its DER. */
const P256 = 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE';

/** Whether `text` is a public key as SendGrid shows it. */
export const isPublicKey = (text: string): boolean =>
  text.startsWith(P256) && bytesOf(text)?.length === 91;

/** The bytes of base64 in its one canonical form; undefined for any other text. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const binary = atob(base64);
    return btoa(binary) === base64
      ? Uint8Array.from(binary, (character) => character.charCodeAt(0))
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The two numbers of a DER signature as the 64 bytes that WebCrypto takes; undefined where it is
 * anything but exactly that.
 */
function rawSignature(der: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const raw = new Uint8Array(64);
  let from = 2;
  for (const end of [32, 64]) {
    const length = der[from + 1] ?? 0;
    const number = der.subarray(from + 2, from + 2 + length);
    const digits = number[0] === 0 ? number.subarray(1) : number;
    const isInteger = der[from] === 2 && number.length === length && digits.length > 0;
    if (!isInteger || digits.length > 32) return undefined;
    // A leading zero stands only before what would be negative without it.
    if ((number[0] === 0) !== digits[0]! > 127) return undefined;
    raw.set(digits, end - digits.length);
    from += 2 + length;
  }
  return der[0] === 0x30 && der[1] === der.length - 2 && from === der.length ? raw : undefined;
}

const verifies = async (key: string, signature: BufferSource, signed: BufferSource) =>
  crypto.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' },
    await crypto.subtle.importKey(
      'spki',
      bytesOf(key)!,
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['verify'],
    ),
    signature,
    signed,
  );

/**
 * Whether one of `keys` signed exactly this body, at most five minutes ago or ahead. Each key is
 * one that `isPublicKey`.
 */
export async function isSigned(
  headers: Headers,
  body: Uint8Array,
  keys: readonly string[],
): Promise<boolean> {
  const header = (name: string): string =>
    headers.get(`x-twilio-email-event-webhook-${name}`) ?? '';
  const timestamp = header('timestamp');
  const off = Math.abs(Math.floor(Date.now() / 1000) - Number(timestamp));
  if (!/^[1-9]\d{0,11}$/.test(timestamp) || off > SECONDS_OFF) return false;
  const signature = rawSignature(bytesOf(header('signature')) ?? new Uint8Array());
  if (!signature) return false;
  const prefix = new TextEncoder().encode(timestamp);
  const signed = new Uint8Array(prefix.length + body.length);
  signed.set(prefix);
  signed.set(body, prefix.length);
  for (const key of keys) if (await verifies(key, signature, signed)) return true;
  return false;
}

export const badSignature = (): Fault =>
  new Fault(
    'bad_signature',
    'the signature fits no public key, or its timestamp is more than 5 minutes off',
  );
