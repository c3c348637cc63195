/**
 * Mail that Resend received for the house. Its webhook tells who wrote to whom; head and text are
 * fetched, since the head decides whether it is a reply, and to which message (F4, E10).
 */
import type { Fact } from '../../../../core/facts/fact.ts';
import { replyText } from '../../../../core/mail/reply-text.ts';
import type { ResendAccount } from '../../../../platform/resend/client.ts';
import { receivedMail, sentMailId } from '../../../../platform/resend/mails.ts';
import { answeredMessage, cited, type ReceivedMail, replyEvent } from '../mail/reply.ts';
import { headers, type Received } from './payload.ts';

/** Without a key nothing is fetched: the reply counts, and its text stays unknown. */
export type Fetching = {
  RESEND_API_KEY?: string | undefined;
  RESEND_BASE_URL?: string | undefined;
};

type Event = { id: string; at: number; told: Received };

/** `at`: UTC ms. Throws as `ask` does, and as `replyEvent`. */
export function receivedFacts(
  { id, at, told }: Event,
  { RESEND_API_KEY: key, RESEND_BASE_URL: baseUrl }: Fetching,
): Fact[] | Promise<Fact[]> {
  if (!key) return [replyEvent('resend', id, at, told)];
  return fetched({ key, baseUrl }, told).then((mail) => [replyEvent('resend', id, at, mail)]);
}

/** What is told of the mail with what Resend has of it; it may be there no more. */
async function fetched(account: ResendAccount, told: Received): Promise<ReceivedMail> {
  const found = told.email_id ? await receivedMail(account, told.email_id) : undefined;
  if (!found) return told;
  const mail: ReceivedMail = {
    ...told,
    to: [...told.to, ...(found.received_for ?? [])],
    headers: headers.parse(found.headers ?? undefined),
    text: replyText(found.text ?? undefined, found.html ?? undefined),
  };
  const ids = answeredMessage(mail) === null ? cited(mail) : [];
  return ids.length > 0 ? { ...mail, answers: await sentMailId(account, ids) } : mail;
}
