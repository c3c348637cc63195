/** Faults become HTTP here and nowhere else in this Worker (architecture decision 7). */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { routePath } from 'hono/route';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Fault, type FaultCode } from '../../core/faults.ts';
import { notThere, trouble } from '../../web/messages.ts';
import { logFailure } from '../log-failure.ts';
import type { App } from './env.ts';

const statuses: Record<FaultCode, ContentfulStatusCode> = {
  bad_signature: 401,
  bad_token: 401,
  bad_input: 400,
  unknown_column: 400,
  key_reused: 409,
  unknown_event: 400,
  discarded: 400,
  not_found: 404,
  too_large: 413,
  file_exists: 409,
  sample_house: 409,
  other_house: 409,
  config: 500,
  law_broken: 500,
  overtaken: 409,
  destination_refused: 502,
  destination_busy: 503,
  storage_busy: 503,
};

const isForPrograms = (path: string): boolean => path.startsWith('/api');

/** A body that the framework could not read at all. */
const unreadable = (error: Error): Fault | undefined =>
  error instanceof HTTPException && error.status < 500
    ? new Fault('bad_input', error.message)
    : undefined;

/** JSON {error, message, …details} for programs, a page for people. What is no Fault is logged and told without its text. */
export function onError(error: Error, c: Context<App>): Response | Promise<Response> {
  const fault = error instanceof Fault ? error : unreadable(error);
  if (!fault) logFailure(`${c.req.method} ${routePath(c, -1)}`, error);
  const status = fault ? statuses[fault.code] : 500;
  if (status === 503) c.header('retry-after', '2');
  if (!isForPrograms(c.req.path))
    return c.html(
      fault?.code === 'not_found' ? notThere(fault.message) : trouble(fault?.retry ?? false),
      status,
    );
  if (!fault)
    return c.json(
      { error: 'internal', message: 'the request could not be answered; the log says why' },
      500,
    );
  return c.json({ error: fault.code, message: fault.message, ...fault.details }, status);
}

export const onUnknown = (c: Context<App>): Response | Promise<Response> =>
  onError(new Fault('not_found', `There is nothing at ${c.req.path}.`), c);
