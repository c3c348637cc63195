/**
 * Shapes that every route of the API shares: answers, refusals, and what an invalid request is
 * told.
 */
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { z as zod } from 'zod';
import { Fault } from '../../core/faults.ts';

export const refusal = z
  .object({ error: z.string(), message: z.string(), field: z.string().optional() })
  .openapi('Refusal');

/** An answer in JSON. */
export const json = <Schema extends zod.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { 'application/json': { schema } },
});

const reasons = {
  400: 'The request cannot be read; field and message say where and how to mend it',
  401: 'No token, or a wrong one',
  404: 'Not here',
  409: 'The Idempotency-Key was sent before with another body',
  413: 'Too large',
  503: 'Busy; send it again',
} as const;

/** The refusals of a route, for its description. */
export const refusals = <Status extends keyof typeof reasons>(...codes: Status[]) =>
  Object.fromEntries(codes.map((code) => [code, json(reasons[code], refusal)])) as Record<
    Status,
    ReturnType<typeof json<typeof refusal>>
  >;

/**
 * A request that the route's schema refuses becomes the same fault as one that a parser refuses.
 */
export function onInvalid(
  result: { success: boolean; error?: { issues: { path: PropertyKey[]; message: string }[] } },
  _: Context,
): void {
  const issue = result.success ? undefined : result.error?.issues[0];
  if (!issue) return;
  const field = issue.path.join('.');
  throw new Fault(
    'bad_input',
    field ? `${field}: ${issue.message}` : issue.message,
    field ? { field } : {},
  );
}
