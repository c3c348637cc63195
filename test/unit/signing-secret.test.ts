/** A webhook secret that could be guessed, or that svix cannot use, is refused at start (V20). */
import { expect, it } from 'vitest';
import resend from '../../workers/ingest/doors/resend/index.ts';
import { secretsOf } from '../../workers/ingest/doors/secrets.ts';

const parse = (RESEND_WEBHOOK_SECRET: string) => () => secretsOf(resend, { RESEND_WEBHOOK_SECRET });
const secret = (bytes: number): string => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;

it.each([
  ['of 24 bytes', secret(24)],
  ['of 64 bytes', secret(64)],
  ['two of a rotation', `${secret(24)} ${secret(32)}`],
])('takes a secret: %s', (_, text) => {
  expect(parse(text)).not.toThrow();
});

it.each([
  ['of 23 bytes', secret(23)],
  ['without its prefix', secret(24).slice('whsec_'.length)],
  ['of a password', 'whsec_correct-horse-battery-staple'],
  ['not whole', secret(25).slice(0, -1)],
  ['a weak one beside a strong one', `${secret(24)} ${secret(8)}`],
])('refuses %s, naming the key and the fix', (_, text) => {
  expect(parse(text)).toThrow(/RESEND_WEBHOOK_SECRET: .*at least 24 bytes in base64/);
});
