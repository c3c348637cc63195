/**
 * Google at the network edge, for answers that the double cannot give: bodies as Google documents
 * them.
 */
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';

export const ADDRESS = 'exporter@acme-data.iam.gserviceaccount.com';

const pair = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** A key file as the console gives it. */
export const keyFile = (overrides: Record<string, unknown> = {}): string =>
  JSON.stringify({
    type: 'service_account',
    project_id: 'acme-data',
    client_email: ADDRESS,
    private_key: pair.privateKey,
    ...overrides,
  });

export const json = (
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });

/** An error of Google's JSON APIs. */
export const apiError = (
  code: number,
  status: string,
  message: string,
  reason: string,
  details?: unknown[],
) => ({
  error: {
    code,
    message,
    status,
    errors: [{ message, domain: 'global', reason }],
    ...(details && { details }),
  },
});

export type Claims = { iss: string; scope: string; aud: string; iat: number; exp: number };

/**
 * The claims of a request for a token, once its signature is found right. Throws where it is not.
 */
export function claimsOf(body: string): Claims {
  const form = new URLSearchParams(body);
  if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer')
    throw new Error('another grant');
  const [header, claims, signature] = form.get('assertion')!.split('.');
  const isRight = verify(
    'RSA-SHA256',
    Buffer.from(`${header}.${claims}`),
    createPublicKey(pair.publicKey),
    Buffer.from(signature!, 'base64url'),
  );
  if (!isRight) throw new Error('the signature is wrong');
  return JSON.parse(Buffer.from(claims!, 'base64url').toString()) as Claims;
}

type Seen = { url: string; method: string; authorization: string | null; body: string };

/**
 * A `fetch` that answers from `answer` and signs in whoever asks with a right signature, `token1`
 * first.
 */
export function googleEdge(answer: (seen: Seen, n: number) => Response | Promise<Response>) {
  const seen: Seen[] = [];
  const tokens: Claims[] = [];
  const send: typeof fetch = async (input, init = {}) => {
    const url = String(input instanceof Request ? input.url : input);
    const headers = new Headers(init.headers as HeadersInit);
    const body = init.body ? await new Response(init.body as BodyInit).text() : '';
    if (url.endsWith('/token')) {
      tokens.push(claimsOf(body));
      return json(200, {
        access_token: `token${tokens.length}`,
        expires_in: 3599,
        token_type: 'Bearer',
      });
    }
    seen.push({
      url,
      method: init.method ?? 'GET',
      authorization: headers.get('authorization'),
      body,
    });
    return answer(seen.at(-1)!, seen.length);
  };
  return { fetch: send, seen, tokens };
}
