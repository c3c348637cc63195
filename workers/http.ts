/**
 * What the routes of every Worker share: who may ask, how much may be sent, and how a fault becomes
 * an answer (architecture decision 7).
 */
import type { Context, ErrorHandler, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { routePath } from 'hono/route';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import { isBearer } from '../core/bearer.ts';
import { configParser } from '../core/config.ts';
import { Fault, type FaultCode } from '../core/faults.ts';
import { tokenSettings } from '../core/settings.ts';
import { logFailure } from './log-failure.ts';

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
  rate_limited: 429,
  file_exists: 409,
  sample_house: 409,
  other_house: 409,
  config: 503,
  check_failed: 500,
  overtaken: 409,
  source_refused: 502,
  source_busy: 503,
  destination_refused: 502,
  destination_busy: 503,
  storage_busy: 503,
  internal: 500,
};

/** Seconds after which what is unavailable for now may be asked for again. */
export const RETRY_AFTER_S = '30';

const internal = (): Fault =>
  new Fault('internal', 'the request could not be answered; the log says why');

/**
 * Any error as a fault. A body that the framework could not read is bad input; everything else that
 * is no fault is logged and becomes `unforeseen`, without the error's text.
 */
export function faultOf(error: Error, c: Context, unforeseen = internal): Fault {
  if (error instanceof Fault) return error;
  if (error instanceof HTTPException && error.status < 500)
    return new Fault('bad_input', error.message);
  logFailure(`${c.req.method} ${routePath(c, -1)}`, error);
  return unforeseen();
}

/** The HTTP status of a fault; what is unavailable for now also says when to ask again. */
export function statusOf({ code }: Fault, c: Context): ContentfulStatusCode {
  if (statuses[code] === 503) c.header('retry-after', RETRY_AFTER_S);
  return statuses[code];
}

/** Answers every error as JSON: `{ error, message, …details }`. */
export const answerFaults =
  (unforeseen = internal): ErrorHandler =>
  (error, c) => {
    const fault = faultOf(error, c, unforeseen);
    const { code, message, details } = fault;
    return c.json({ error: code, message, ...details }, statusOf(fault, c));
  };

const parseToken = configParser(tokenSettings);

/** Lets in whoever sends the API token as a bearer; a cookie opens no address of programs. */
export const needToken: MiddlewareHandler = async (c, next) => {
  if (!isBearer(c.req.header('authorization'), parseToken(c.env).API_TOKEN))
    throw new Fault(
      'bad_token',
      'send the API token as `Authorization: Bearer …`; npm start -- --json prints it',
    );
  await next();
};

/** Refuses a body over `bytes` before it is read. */
export const limitBody = (bytes: number, fix = 'send it in smaller parts'): MiddlewareHandler =>
  bodyLimit({
    maxSize: bytes,
    onError: () => {
      throw new Fault('too_large', `a body has at most ${bytes} bytes; ${fix}`);
    },
  });

/** The JSON body as `schema` has it; an empty one is undefined. Throws `bad_input`. */
export async function readBody<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const read = schema.safeParse(parseJson(await c.req.text()));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Fault('bad_input', `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Fault('bad_input', 'body: it is not JSON');
  }
}
