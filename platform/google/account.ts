/** Signs in to Google as the house's service account, from inside a Worker. */
import { JWT } from 'google-auth-library';
import { Fault } from '../../core/faults.ts';

export type GoogleAccount = {
  /** The service account's key file as JSON text. */
  key_json: string;
  /** One root that serves every Google path, for tests; absent: Google's own hosts. */
  api_root?: string | undefined;
};

const TOKEN_URL = 'https://oauth2.googleapis.com/token';

/** A client that fetches and renews its own tokens for `scope`. Throws `config` where the key is not a service account's. */
export function googleClient(account: GoogleAccount, scope: string): JWT {
  let key: { client_email?: string; private_key?: string };
  try {
    key = JSON.parse(account.key_json);
  } catch {
    throw new Fault(
      'config',
      'GOOGLE_SERVICE_ACCOUNT_JSON is not JSON: paste the whole key file of the service account',
    );
  }
  if (!key.client_email || !key.private_key)
    throw new Fault(
      'config',
      'GOOGLE_SERVICE_ACCOUNT_JSON has no client_email or private_key: use a service account key',
    );
  const root = account.api_root?.replace(/\/$/, '');
  return new JWT({
    email: key.client_email,
    key: key.private_key,
    scopes: [scope],
    transporterOptions: {
      // The library knows one token address only; the root for tests serves its own.
      fetchImplementation: (input, init) =>
        fetch(root && String(input) === TOKEN_URL ? `${root}/token` : (input as string), init),
    },
  });
}
