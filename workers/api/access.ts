/** Which people may come in: those with a page session that the API token opened. */
import { createHmac } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { sameSecret } from '../../core/bearer.ts';
import { now } from '../../core/clock.ts';
import { closedDoor } from '../../web/messages.ts';
import { type App, parseConfig } from './env.ts';

const COOKIE = 'signalhouse_session';
const SESSION_S = 30 * 86_400;

/**
 * A session is its end and the token's signature over it: nothing to store, and a changed token
 * ends every session.
 */
const sign = (token: string, ends: string): string =>
  createHmac('sha256', token).update(`page-session:${ends}`).digest('hex');

function isSession(value: string | undefined, token: string, instant: number): boolean {
  const [ends, signature] = (value ?? '').split('.');
  return (
    !!ends && !!signature && sameSecret(signature, sign(token, ends)) && Number(ends) > instant
  );
}

/**
 * `?token=` opens a session and leaves the address clean; without one a page says how to get in.
 */
export const session: MiddlewareHandler<App> = async (c, next) => {
  const config = parseConfig(c.env);
  const instant = now(config);
  const given = c.req.query('token');
  if (given !== undefined && sameSecret(given, config.API_TOKEN)) {
    const ends = String(instant + SESSION_S * 1000);
    setCookie(c, COOKIE, `${ends}.${sign(config.API_TOKEN, ends)}`, {
      httpOnly: true,
      sameSite: 'Strict',
      secure: new URL(c.req.url).protocol === 'https:',
      path: '/',
      maxAge: SESSION_S,
    });
    return c.redirect(c.req.path, 303);
  }
  if (!isSession(getCookie(c, COOKIE), config.API_TOKEN, instant)) return c.html(closedDoor(), 401);
  await next();
};
