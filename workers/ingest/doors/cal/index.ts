/** Cal.com: calls that people book, move and cancel themselves. */
import { Fault } from '../../../../core/faults.ts';
import { hash } from '../../../../core/hash.ts';
import { defineDoor } from '../door.ts';
import { isSigned, signingSecrets } from '../hmac.ts';
import { signedText } from '../signed-text.ts';
import { facts, typeOf } from './facts.ts';

const SECRET =
  'the secret of your Cal.com webhook, at least 8 characters without spaces; ' +
  'while you change it, the new and the old one with a space between';

export default defineDoor({
  name: 'cal',
  provider: 'cal',
  secrets: { CAL_WEBHOOK_SECRET: signingSecrets(SECRET) },
  webhook: {
    maxBytes: 1_000_000,
    async verify(request, { CAL_WEBHOOK_SECRET }) {
      const body = await signedText(request);
      const signature = request.headers.get('x-cal-signature-256') ?? '';
      if (!(await isSigned(body, [signature], CAL_WEBHOOK_SECRET)))
        throw new Fault('bad_signature', 'the signature fits no current secret');
      // Cal.com numbers no deliveries.
      return { events: [{ id: hash(body), body }] };
    },
  },
  facts,
  typeOf,
});
