import type { Context as CallContext } from '@lorebox/api/trpc';
import type { Context } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import type { SessionCookie } from '../identity/session-cookie.ts';
import { createTrpcContext } from './call-context.ts';
import { assertSameSite, readCredential } from './credential.ts';
import type { HttpEnv } from './http-env.ts';
import type { ServerContext } from './server-context.ts';
import { setRateLimitHeaders } from './set-rate-limit-headers.ts';

/**
 * Builds the context of the procedures from an HTTP request. If a procedure sets the session cookie, `hasCookie` is set
 * on `c`.
 * @param options.isWrite Whether the call changes something, regardless of its method.
 * @throws AppError FORBIDDEN for a cross-site write with our cookie.
 */
export function createRequestContext(
  c: Context<HttpEnv>,
  serverContext: ServerContext,
  { isWrite = c.req.method !== 'GET' && c.req.method !== 'HEAD' } = {},
): CallContext {
  const { cookie, state } = serverContext;
  const credential = readCredential(c, cookie);
  if (credential?.isCookie && isWrite) assertSameSite(c.req.raw.headers, state.ownOrigins);
  return createTrpcContext(serverContext, {
    secret: credential?.secret ?? null,
    address: c.get('address'),
    requestId: c.get('requestId'),
    signal: () => c.req.raw.signal,
    onLimit: (limit) => setRateLimitHeaders(c, limit),
    onActor: (actor) => c.set('actor', actor),
    setSessionCookie: (session) => {
      c.set('hasCookie', true);
      writeCookie(c, cookie, session);
    },
  });
}

function writeCookie(
  c: Context,
  { name, isSecure }: SessionCookie,
  session: { token: string; expiresAt: Date } | null,
): void {
  if (!session) {
    deleteCookie(c, name, { path: '/', secure: isSecure });
    return;
  }
  setCookie(c, name, session.token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure,
    expires: session.expiresAt,
  });
}
