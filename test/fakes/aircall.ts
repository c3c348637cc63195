/** Aircall's API as msw handlers: refuses what Aircall would refuse, and pages as it does. */
import { HttpResponse, http } from 'msw';

/** As Aircall shows it, as far as it matters. */
export type FakeCall = {
  id: number;
  direction: 'inbound' | 'outbound';
  started_at: number;
  ended_at: number | null;
  duration: number;
  raw_digits: string;
  recording: string | null;
  [more: string]: unknown;
};

export const fakeCall = (
  id: number,
  started_at: number,
  more: Partial<FakeCall> = {},
): FakeCall => ({
  id,
  direction: 'outbound',
  status: 'done',
  missed_call_reason: null,
  started_at,
  answered_at: null,
  ended_at: started_at + 90,
  duration: 90,
  cost: '0.0',
  raw_digits: '+44 20 7946 0018',
  recording: `https://media.example/${id}`,
  recording_short_url: null,
  voicemail: null,
  asset: `https://assets.aircall.io/calls/${id}/recording`,
  user: { id: 7, name: 'Ana Silva', email: 'ana@example.com' },
  contact: null,
  comments: [],
  tags: [],
  teams: [],
  ...more,
});

export type FakeAccount = {
  name: string;
  api_id: string;
  api_token: string;
  webhook_token: string;
  calls: FakeCall[];
};

export const fakeAccount = (name: string, calls: FakeCall[] = []): FakeAccount => ({
  name,
  api_id: `${name}-id`,
  api_token: `${name}-token`,
  webhook_token: `${name}-webhook`,
  calls,
});

const PARAMS = ['page', 'per_page', 'order', 'from', 'to', 'phone_number'];
const MOST_PER_PAGE = 50;
const CEILING = 10_000;

const refused = (status: number, message: string) => HttpResponse.json({ message }, { status });
const digits = (text: string): string => text.replace(/\D/g, '');

/** Handlers of `GET /v1/calls` and `/v1/calls/search`, and the addresses that were asked for. */
export function fakeAircall(accounts: FakeAccount[], root = 'https://api.aircall.io') {
  const asked: { account: string; path: string; params: URLSearchParams }[] = [];
  const answer = (url: string, header: string | null) => {
    const { pathname, searchParams } = new URL(url);
    if (header === null) return refused(401, 'Unauthorized');
    const account = accounts.find(
      ({ api_id, api_token }) => header === `Basic ${btoa(`${api_id}:${api_token}`)}`,
    );
    if (!account) return refused(403, 'Forbidden');
    asked.push({ account: account.name, path: pathname, params: searchParams });
    const unknown = [...searchParams.keys()].find((name) => !PARAMS.includes(name));
    if (unknown) return refused(400, `unknown parameter ${unknown}`);
    const [page, perPage, from] = [
      Number(searchParams.get('page') ?? 1),
      Math.min(Number(searchParams.get('per_page') ?? 20), MOST_PER_PAGE),
      Number(searchParams.get('from') ?? 0),
    ];
    if (![page, perPage, from].every(Number.isSafeInteger)) return refused(400, 'not whole');
    if (page < 1 || page * perPage > CEILING) return refused(400, 'out of bound');
    const phone = searchParams.get('phone_number');
    const found = account.calls
      .filter(({ started_at }) => started_at > from)
      .filter(({ raw_digits }) => phone === null || digits(raw_digits) === digits(phone))
      .sort((a, b) => a.started_at - b.started_at || a.id - b.id);
    return HttpResponse.json({
      meta: { total: found.length, current_page: page, per_page: perPage },
      calls: found.slice((page - 1) * perPage, page * perPage),
    });
  };
  const handlers = ['/v1/calls', '/v1/calls/search'].map((path) =>
    http.get(`${root}${path}`, ({ request }) =>
      answer(request.url, request.headers.get('authorization')),
    ),
  );
  return { handlers, asked };
}
