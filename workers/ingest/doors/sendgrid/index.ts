/** SendGrid's Event Webhook: what became of mail that was sent. */
import { jsonOf } from '../../../../core/json.ts';
import { defineDoor } from '../door.ts';
import { memberOf } from '../json.ts';
import { facts } from './facts.ts';
import { publicKeys } from './public-keys.ts';
import { verify } from './verify.ts';

export default defineDoor({
  name: 'sendgrid',
  provider: 'sendgrid',
  secrets: { SENDGRID_WEBHOOK_PUBLIC_KEY: publicKeys },
  webhook: {
    maxBytes: 5_000_000,
    verify: (request, secrets) => verify(request, secrets.SENDGRID_WEBHOOK_PUBLIC_KEY),
  },
  facts,
  typeOf: ({ body }) => memberOf(jsonOf(body), 'event'),
});
