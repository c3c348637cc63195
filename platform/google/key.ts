/**
 * Reads the key file of the house's service account, and recognises other kinds of key files from
 * Google.
 */
import { Fault } from '../../core/faults.ts';

export type ServiceAccountKey = {
  /** The account's own address, to share a spreadsheet with. It names nobody. */
  address: string;
  /** The project that the account belongs to, if the file names it. */
  project: string | null;
  private_key: string;
};

const KEY = 'GOOGLE_SERVICE_ACCOUNT_JSON';
const MAKE_ONE = 'make a key for a service account and use the whole JSON file (docs/google.md)';

type KeyFile = {
  type?: unknown;
  project_id?: unknown;
  client_email?: unknown;
  private_key?: unknown;
  installed?: unknown;
  web?: unknown;
};

const wrong = (found: string, fix = MAKE_ONE): Fault =>
  new Fault('config', `${KEY} ${found}: ${fix}`);

function parsed(text: string): KeyFile {
  const trimmed = text.trim();
  if (/^AIza[\w-]+$/.test(trimmed)) throw wrong('is an API key, not a service account key');
  if (/^-----BEGIN/.test(trimmed))
    throw wrong('is the private key alone', 'give the whole JSON file around it');
  if (/^[\w./~-]+$/.test(trimmed))
    throw wrong(
      'is a path to a file that does not exist',
      'give the path to the key file, or its text',
    );
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // The text is never quoted: it may be most of a key.
  }
  throw wrong('is not JSON', 'paste the whole key file of the service account, from { to }');
}

/**
 * Throws `config`; the message says what the text is instead and what to do, and never quotes it.
 */
export function serviceAccountKey(text: string): ServiceAccountKey {
  const file = parsed(text);
  if (file.installed || file.web)
    throw wrong('is the file of an OAuth client, not of a service account');
  if (file.type === 'authorized_user')
    throw wrong("holds a person's own sign-in (gcloud), not a service account's key");
  if (file.type !== undefined && file.type !== 'service_account')
    throw wrong("is not a service account's key (it has another type)");
  const { client_email: address, private_key, project_id: project } = file;
  if (typeof address !== 'string' || !address.includes('@')) throw wrong('has no client_email');
  if (typeof private_key !== 'string' || !private_key) throw wrong('has no private_key');
  return {
    address,
    project: typeof project === 'string' ? project : null,
    // A shell or a dashboard may have escaped the line breaks as two characters.
    private_key: private_key.replaceAll('\\n', '\n'),
  };
}

/** The fault for a private key that cannot sign, because it was cut or damaged in transit. */
export const unreadableKey = (): Fault =>
  wrong('has a private_key that cannot be read: it was cut or damaged in transit');

/** Throws `config` if the private key cannot sign. */
export async function checkKey({ private_key }: ServiceAccountKey): Promise<void> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  try {
    const body = private_key.replace(/-----(BEGIN|END) PRIVATE KEY-----|\s/g, '');
    const der = Uint8Array.from(atob(body), (char) => char.charCodeAt(0));
    await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
  } catch {
    throw unreadableKey();
  }
}
