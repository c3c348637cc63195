/** Mail that Resend received or sent for the house. */
import type { GetReceivingEmailResponseSuccess } from 'resend';
import { ask, type ResendAccount } from './client.ts';

/** A received mail with its head and text; undefined where Resend has it no more. */
export const receivedMail = (
  account: ResendAccount,
  id: string,
): Promise<GetReceivingEmailResponseSuccess | undefined> =>
  ask(account, (client, options) =>
    client.emails.receiving.get(id, { html_format: 'cid' }, options),
  );

const PER_PAGE = 100;
const MOST_PAGES = 3;

/**
 * The id of the mail that Resend sent with one of these Message-IDs, which its webhooks do not
 * tell; looked for among the last 300 mails.
 */
export async function sentMailId(
  account: ResendAccount,
  messageIds: readonly string[],
): Promise<string | undefined> {
  let after: string | undefined;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const place = after === undefined ? { limit: PER_PAGE } : { limit: PER_PAGE, after };
    const found = await ask(account, (client, options) => client.emails.list(place, options));
    const mails = found?.data ?? [];
    const sent = mails.find(({ message_id }) => messageIds.includes(message_id ?? ''));
    if (sent) return sent.id;
    after = mails.at(-1)?.id;
    if (!found?.has_more || after === undefined) return undefined;
  }
  return undefined;
}
