/** Bodies in JSON, read so that whoever replays them learns what is wrong. */
import type { z } from 'zod';
import { Fault } from '../../../core/faults.ts';

/** The body as JSON without its nulls. Throws `Fault('unknown_event')`. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body, (_, value) => value ?? undefined);
  } catch {
    throw new Fault('unknown_event', 'the body is signed, but it is not JSON that can be read');
  }
}

/**
 * `value` as `schema` has it. Throws `Fault('unknown_event')`, which names each member at fault.
 */
export function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map(
    (issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`,
  );
  throw new Fault('unknown_event', issues.join('; '));
}

/** The text of one member of an object; undefined where there is none. */
export function memberOf(object: unknown, name: string): string | undefined {
  const value = typeof object === 'object' && object !== null ? Reflect.get(object, name) : null;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
