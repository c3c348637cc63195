/** What the API answers when something went wrong: JSON for programs, a page for people. */
import type { Context } from 'hono';
import { Fault } from '../../core/faults.ts';
import { notThere, trouble } from '../../web/messages.ts';
import { answerFaults, faultOf, statusOf } from '../http.ts';
import type { App } from './env.ts';

const inJson = answerFaults();

export function onError(error: Error, c: Context<App>): Response | Promise<Response> {
  if (c.req.path.startsWith('/api')) return inJson(error, c);
  const fault = faultOf(error, c);
  const page = fault.code === 'not_found' ? notThere(fault.message) : trouble(fault.retry);
  return c.html(page, statusOf(fault, c));
}

export const onUnknown = (c: Context<App>): Response | Promise<Response> =>
  onError(new Fault('not_found', `There is nothing at ${c.req.path}.`), c);
