import type { Context as CallContext } from '@lorebox/api/trpc';
import type { Context } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import type { Env } from '../env.ts';
import { SESSION_COOKIE } from '../identity/lucia-sessions.ts';
import type { HttpEnv } from './app.ts';
import { assertSameSite, readCredential } from './credential.ts';
import { noteLimit } from './note-limit.ts';
import type { Serving } from './serving.ts';
import { createTrpcContext } from './trpc-context.ts';

/**
 * What the procedures get from an HTTP request. When one sets the session cookie, `hasCookie` is set on `c`.
 * @throws AppError FORBIDDEN for a write that another site sent with our cookie.
 */
export function createRequestContext(c: Context<HttpEnv>, serving: Serving): CallContext {
  const { env, state } = serving;
  const credential = readCredential(c);
  if (credential?.isCookie && c.req.method !== 'GET') assertSameSite(c.req.raw.headers, state.ownOrigins);
  return createTrpcContext(serving, {
    secret: credential?.secret ?? null,
    address: c.get('address'),
    requestId: c.get('requestId'),
    signal: () => c.req.raw.signal,
    onLimit: (limit) => noteLimit(c, limit),
    onActor: (actor) => c.set('actor', actor),
    setSessionCookie: (session) => {
      c.set('hasCookie', true);
      writeCookie(c, env, session);
    },
  });
}

function writeCookie(c: Context, env: Env, session: { token: string; expiresAt: Date } | null): void {
  if (!session) {
    deleteCookie(c, SESSION_COOKIE, { path: '/' });
    return;
  }
  const secure = env.LOREBOX_PUBLIC_URL?.startsWith('https:') ?? false;
  setCookie(c, SESSION_COOKIE, session.token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure,
    expires: session.expiresAt,
  });
}
