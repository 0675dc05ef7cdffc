import { AppError } from '@lorebox/contract/errors';
import type { Context } from 'hono';
import { readCookie, type SessionCookie } from '../identity/session-cookie.ts';

export interface Credential {
  secret: string;
  /** Browsers send cookies automatically, so a write must prove that it came from our own page. */
  isCookie: boolean;
}

/** Reads `Authorization: Bearer`, `X-Api-Key` or the session cookie, in this order. */
export function readCredential(c: Context, { name }: SessionCookie): Credential | null {
  const bearer = readBearer(c.req.header('authorization')) ?? c.req.header('x-api-key');
  if (bearer) return { secret: bearer, isCookie: false };
  const cookie = readCookie(c.req.header('cookie') ?? '', name);
  return cookie ? { secret: cookie, isCookie: true } : null;
}

/** Returns the token of an `Authorization` header. */
export function readBearer(header: string | undefined): string | null {
  if (header?.slice(0, 7).toLowerCase() !== 'bearer ') return null;
  const token = header.slice(7).trim();
  return token === '' || token.includes(' ') ? null : token;
}

/**
 * Rejects cross-site requests that are authenticated by the cookie. Browsers send `Sec-Fetch-Site` only over https and to
 * localhost. Otherwise the origin of the page must be ours: one of `ownOrigins`, or the host that the request was sent
 * to, which is also the host that the cookie belongs to.
 */
export function assertSameSite(headers: Headers, ownOrigins: readonly string[]): void {
  const site = headers.get('sec-fetch-site');
  if (site !== null) {
    if (site === 'same-origin' || site === 'none') return;
    throw new AppError('FORBIDDEN', 'Cross-site requests are not allowed. Call the API with an API key instead.');
  }
  const origin = headers.get('origin');
  const isOwn = origin !== null && (ownOrigins.includes(origin) || URL.parse(origin)?.host === headers.get('host'));
  if (!isOwn)
    throw new AppError('FORBIDDEN', 'Cross-site requests are not allowed. Call the API with an API key instead.');
}
