/** The accounts of Aircall that the house reads (A1). */
import { z } from 'zod';
import { Fault } from '../../../../core/faults.ts';
import { jsonOf } from '../../../../core/json.ts';

const text = z.string().trim().min(1);

const account = z.strictObject({
  /** What the house calls it: a part of the identity of its calls, so it must never change. */
  name: text.max(50),
  api_id: text,
  api_token: text,
  /** The tokens of its webhooks, with spaces between; without one it is only polled. */
  webhook_token: z
    .string()
    .default('')
    .transform((tokens) => tokens.split(/\s+/).filter(Boolean)),
});

export type Account = z.infer<typeof account>;

const JSON_LIST =
  'a JSON list of your Aircall accounts: ' +
  '[{"name": "main", "api_id": "…", "api_token": "…", "webhook_token": "…"}]';

export const accounts = z
  .string()
  .transform(jsonOf)
  .pipe(z.array(account, JSON_LIST).min(1, JSON_LIST))
  .refine(
    (list) => new Set(list.map(({ name }) => name)).size === list.length,
    'each account under a name of its own',
  )
  .describe(JSON_LIST);

/** Throws `config` where no account has that name any more. */
export function accountOf(list: Account[], name: string): Account {
  const found = list.find((each) => each.name === name);
  if (!found) throw new Fault('config', `AIRCALL_ACCOUNTS: no account is called ${name}`);
  return found;
}
