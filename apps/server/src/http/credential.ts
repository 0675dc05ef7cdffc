import { AppError } from '@lorebox/contract/errors';
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { SESSION_COOKIE } from '../identity/lucia-sessions.ts';

export interface Credential {
  secret: string;
  /** Browsers send cookies by themselves, so a write must show that our own page sent it. */
  isCookie: boolean;
}

/** `Authorization: Bearer`, `X-Api-Key` or the session cookie, in this order. */
export function readCredential(c: Context): Credential | null {
  const bearer = /^Bearer\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? c.req.header('x-api-key');
  if (bearer) return { secret: bearer, isCookie: false };
  const cookie = getCookie(c, SESSION_COOKIE);
  return cookie ? { secret: cookie, isCookie: true } : null;
}

/** Refuses cookie-authenticated requests that another site caused. */
export function assertSameSite(headers: Headers, ownOrigins: readonly string[]): void {
  const site = headers.get('sec-fetch-site');
  if (site !== null) {
    if (site === 'same-origin' || site === 'none') return;
    throw new AppError('FORBIDDEN', 'Requests from other sites are refused.');
  }
  const origin = headers.get('origin');
  if (origin === null || !ownOrigins.includes(origin))
    throw new AppError('FORBIDDEN', 'Requests from other sites are refused.');
}
