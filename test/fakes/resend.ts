/** Resend's API for received mail, as far as the house asks it. */
import { HttpResponse, http } from 'msw';

export const RESEND_KEY = 're_a_key_that_only_tests_know';

/** What the fake answers with; a test changes it. */
export type ResendFake = {
  /** Received mails by id; Resend knows no others. */
  received: Map<string, object>;
  /** Mails that were sent, newest first. */
  sent: { id: string; message_id: string }[];
  /** The status that every request gets, instead of an answer. */
  failing: number | null;
  requests: string[];
};

/** Of a request what the fake looks at. */
type Asked = { url: string; headers: { get(name: string): string | null } };

export function resendFake() {
  const fake: ResendFake = { received: new Map(), sent: [], failing: null, requests: [] };
  const refuse = (statusCode: number, message: string) =>
    HttpResponse.json({ statusCode, name: 'error', message }, { status: statusCode });
  const answer = (request: Asked, found: () => object | undefined) => {
    fake.requests.push(new URL(request.url).pathname);
    if (request.headers.get('authorization') !== `Bearer ${RESEND_KEY}`)
      return refuse(401, 'This API key is restricted to only send emails');
    if (fake.failing !== null) return refuse(fake.failing, 'not now');
    const body = found();
    return body ? HttpResponse.json(body) : refuse(404, 'Email not found');
  };
  const handlers = [
    http.get('https://api.resend.com/emails/receiving/:id', ({ request, params }) =>
      answer(request, () => fake.received.get(String(params.id))),
    ),
    http.get('https://api.resend.com/emails', ({ request }) =>
      answer(request, () => ({ object: 'list', has_more: false, data: fake.sent })),
    ),
  ];
  return { fake, handlers };
}
