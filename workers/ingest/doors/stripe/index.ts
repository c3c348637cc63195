/** Stripe: what people paid, what they got back, and when their subscriptions ended. */
import { defineDoor } from '../door.ts';
import { signingSecrets } from '../hmac.ts';
import { facts, typeOf } from './facts.ts';
import { verify } from './verify.ts';

const SECRET =
  'the signing secret of your Stripe webhook endpoint, whsec_…; ' +
  'while you roll it over, the new and the old one with a space between';

export default defineDoor({
  name: 'stripe',
  provider: 'stripe',
  secrets: { STRIPE_WEBHOOK_SECRET: signingSecrets(SECRET) },
  webhook: {
    maxBytes: 1_000_000,
    verify: (request, { STRIPE_WEBHOOK_SECRET }) => verify(request, STRIPE_WEBHOOK_SECRET),
  },
  facts,
  typeOf,
});
