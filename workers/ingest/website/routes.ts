/**
 * What a website of your own calls: page events, forms and referral links. Anybody may, so whatever
 * comes is checked, limited and never believed about anybody else.
 */
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { now } from '../../../core/clock.ts';
import type { Address } from '../../../core/facts/address.ts';
import type { Fact } from '../../../core/facts/fact.ts';
import { Fault } from '../../../core/faults.ts';
import { hash } from '../../../core/hash.ts';
import { readLinkToken, readReferralCode } from '../../../core/person-links.ts';
import type { FormSettings } from '../../../core/settings.ts';
import { addressOf, isKnown } from '../../../warehouse/people/addresses.ts';
import { offerFacts } from '../../fact-queue.ts';
import { faultOf, limitBody, readBody, statusOf } from '../../http.ts';
import { type Env, parseConfig } from '../env.ts';
import { writePulse } from '../pulse.ts';
import { isFormName, readFields, submissionFacts, TRAP } from './forms.ts';
import { messagePage } from './page.ts';
import { isMachine, pageEvent, pageFact } from './page-events.ts';
import { landingPage, referralFact } from './referrals.ts';
import script from './script.client.js';
import { isPerson } from './turnstile.ts';

const MAX_EVENT_BYTES = 8_000;
const MAX_FORM_BYTES = 100_000;
/** How long the same content is taken for the same submission. */
const REPEAT_S = 600;

/** Without the indents, which browsers do not need. */
const served = script.replace(/^ +/gm, '');

type App = { Bindings: Env };
export const websiteRoutes = new Hono<App>();

const anySite = cors({ origin: '*', allowMethods: ['POST'], maxAge: 86_400 });
websiteRoutes.use('/e', anySite);
websiteRoutes.use('/forms/*', anySite);

const senderOf = (c: Context<App>): string => c.req.header('cf-connecting-ip') ?? 'here';

/** Throws `Fault('rate_limited')`. */
async function limitRate(limit: RateLimit, key: string): Promise<void> {
  if (!(await limit.limit({ key })).success)
    throw new Fault('rate_limited', 'that is too often; try again in a minute');
}

websiteRoutes.get('/e.js', (c) =>
  c.body(served, 200, {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=3600',
  }),
);

websiteRoutes.post('/e', limitBody(MAX_EVENT_BYTES), async (c) => {
  if (isMachine(c.req.raw.headers)) return c.body(null, 204);
  await limitRate(c.env.EVENT_LIMIT, senderOf(c));
  const config = parseConfig(c.env);
  const at = now(config);
  const event = await readBody(c, pageEvent);
  const contact_id = event.person && readLinkToken(config.CONTACT_KEY_SECRET, event.person, at);
  const contact = contact_id ? await addressOf(c.env.DB, contact_id) : undefined;
  const fact = pageFact(event, contact, at);
  // Whoever has no name makes no contact: the pulse counts them, and nothing else does.
  await writePulse(c.env, contact ? await offerFacts(c.env, webFacts([fact])) : [fact]);
  return c.body(null, 204);
});

const webFacts = (facts: Fact[]) => ({ door: 'web', facts });

websiteRoutes.get('/r/:code', (c) => {
  const { WEBSITE_URL, CONTACT_KEY_SECRET } = parseConfig(c.env);
  if (!WEBSITE_URL)
    return c.html(
      messagePage('This link has no website yet', 'Whoever runs this house sets WEBSITE_URL.'),
      503,
    );
  const code = c.req.param('code');
  const isSomebodys = readReferralCode(CONTACT_KEY_SECRET, code) !== undefined;
  const { search } = new URL(c.req.url);
  const page = landingPage(WEBSITE_URL, isSomebodys ? code : undefined, search);
  return c.redirect(page.href, 302);
});

websiteRoutes.get('/forms/:name', (c) =>
  c.html(
    messagePage(
      'There is nothing to see here',
      'This address takes what a form sends. Please fill in the form on the website.',
      parseConfig(c.env).WEBSITE_URL,
    ),
  ),
);

websiteRoutes.post('/forms/:name', limitBody(MAX_FORM_BYTES), async (c) => {
  const isJson = /json/.test(`${c.req.header('accept')} ${c.req.header('content-type')}`);
  try {
    const next = await takeForm(c, c.req.param('name'));
    if (isJson) return c.json({ received: true });
    if (next) return c.redirect(next, 303);
    return c.html(
      messagePage('Thank you', 'We have your message.', parseConfig(c.env).WEBSITE_URL),
    );
  } catch (error) {
    const fault = faultOf(error as Error, c);
    const status = statusOf(fault, c);
    if (isJson) return c.json({ error: fault.code, message: fault.message }, status);
    const text = `${sentence(fault.message)}. Go back, and what you typed is still there.`;
    return c.html(messagePage('That did not work yet', text), status);
  }
});

const sentence = (message: string): string => message.charAt(0).toUpperCase() + message.slice(1);

/**
 * Takes a form in, durable before it returns the address to go on to, if any. A machine gets the
 * same answer as a person. Throws `bad_input`, `rate_limited` and what a retry can mend.
 */
async function takeForm(c: Context<App>, form: string): Promise<string | undefined> {
  const config = parseConfig(c.env);
  const at = now(config);
  if (!isFormName(form)) throw new Fault('not_found', 'there is no form of that name');
  await limitRate(c.env.FORM_LIMIT, senderOf(c));
  const fields = readFields(await bodyOf(c));
  const settings = config.WEBSITE_FORMS?.[form] ?? {};
  const next = nextPage(fields.next, settings, config.WEBSITE_URL);
  if (fields[TRAP] || isMachine(c.req.raw.headers)) return next;
  const { 'cf-turnstile-response': token = '', ...content } = fields;
  const secret = config.TURNSTILE_SECRET;
  if (secret && !(await isPerson(secret, token, senderOf(c))))
    throw new Fault('bad_input', 'we could not tell that you are a person; please try again');
  const sent_at = await firstSent(c.env.CACHE, [form, content], at);
  const referrer = await referrerOf(c.env.DB, config.CONTACT_KEY_SECRET, content);
  const submission = { form, fields: content, settings, sent_at, isReferred: false };
  const [lead, ...rest] = submissionFacts(submission, at, config.DEFAULT_COUNTRY);
  const addresses = (lead as { identities: Address[] }).identities;
  const isReferred = referrer !== undefined && !(await isKnown(c.env.DB, addresses));
  const facts = isReferred
    ? [
        ...submissionFacts({ ...submission, isReferred }, at, config.DEFAULT_COUNTRY),
        referralFact(referrer, addresses[0]!, sent_at),
      ]
    : [lead!, ...rest];
  await writePulse(c.env, await offerFacts(c.env, webFacts(facts)));
  return next;
}

async function bodyOf(c: Context<App>): Promise<Record<string, unknown>> {
  if (!/json/.test(c.req.header('content-type') ?? '')) return c.req.parseBody();
  const body: unknown = await c.req.json().catch(() => undefined);
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as Record<string, unknown>;
  throw new Fault('bad_input', 'body: it is not a JSON object');
}

/** Only the house's own settings and its own website say where to go on. */
function nextPage(
  next: string | undefined,
  { thanks }: FormSettings,
  website: string | undefined,
): string | undefined {
  if (thanks || !next || !website || !URL.canParse(next, website)) return thanks;
  const page = new URL(next, website);
  return page.origin === new URL(website).origin ? page.href : undefined;
}

/**
 * When the same content was first sent within ten minutes; else `at`, which is noted. Somebody who
 * clicks twice sends the same facts twice, and those count once.
 */
async function firstSent(cache: KVNamespace, content: unknown, at: number): Promise<number> {
  const key = `form/${hash(JSON.stringify(content))}`;
  const noted = Number(await cache.get(key));
  if (noted > 0 && noted <= at) return noted;
  await cache.put(key, String(at), { expirationTtl: REPEAT_S });
  return at;
}

/** Whoever passed on the link that led to the page of the form. */
async function referrerOf(
  db: D1Database,
  secret: string,
  { ref, page = '' }: Record<string, string>,
): Promise<Address | undefined> {
  const code = ref ?? (URL.canParse(page) ? new URL(page).searchParams.get('ref') : null);
  const contact_id = code ? readReferralCode(secret, code) : undefined;
  return contact_id === undefined ? undefined : addressOf(db, contact_id);
}
