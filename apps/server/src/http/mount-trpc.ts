import { appRouter } from '@lorebox/api/router';
import { appErrorOf } from '@lorebox/api/trpc';
import { AppError } from '@lorebox/contract/errors';
import type { Core } from '@lorebox/core/core';
import type { TRPCError } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, setCookie } from 'hono/cookie';
import type { Env } from '../env.ts';
import { SESSION_COOKIE } from '../identity/lucia-sessions.ts';
import type { AppState, HttpEnv } from './app.ts';
import { assertSameSite, readCredential } from './credential.ts';
import { stageForm } from './stage-form.ts';
import { readTrpcCalls, runTrpcCalls } from './trpc-calls.ts';
import { createTrpcContext, type LoginLimits } from './trpc-context.ts';

const MAX_BATCH = 50;
const DRAIN_MS = 10_000;
const PREFIX = '/trpc/';

/** The procedures over HTTP: calls and batches as JSON, subscriptions as server-sent events, uploads as forms. */
export function mountTrpc(app: Hono<HttpEnv>, core: Core, env: Env, limits: LoginLimits, state: AppState): void {
  const maxBytes = env.LOREBOX_MAX_BODY_MB * 1024 * 1024;
  const limitBody = bodyLimit({
    maxSize: maxBytes,
    onError: async (c) => {
      await drain(c.req.raw);
      throw new AppError(
        'TOO_LARGE',
        `A request may have ${env.LOREBOX_MAX_BODY_MB} MB; upload larger things as files.`,
      );
    },
  });
  // A length that was announced is enough to go by; the middleware would make a Request of it.
  const isSmall = (c: Context) => Number(c.req.header('content-length') ?? Number.NaN) <= maxBytes;
  const isUpload = (c: Context) => c.req.path === `${PREFIX}documents.upload`;
  app.use('/trpc/*', (c, next) => (c.req.method === 'GET' || isUpload(c) || isSmall(c) ? next() : limitBody(c, next)));
  app.all('/trpc/*', async (c) => {
    const credential = readCredential(c);
    if (credential?.isCookie && c.req.method !== 'GET') assertSameSite(c.req.raw.headers, state.ownOrigins);
    const requestId = c.get('requestId');
    let hasCookie = false;
    const context = createTrpcContext({
      core,
      limits,
      secret: credential?.secret ?? null,
      address: c.get('address'),
      requestId,
      signal: () => c.req.raw.signal,
      setSessionCookie: (session) => {
        hasCookie = true;
        writeCookie(c, env, session);
      },
    });
    const onError = (error: TRPCError, path: string | undefined) => {
      const app = appErrorOf(error);
      if (app.code === 'INTERNAL') core.log.error({ err: app.cause, path, requestId }, 'unexpected error');
    };
    const request = {
      method: c.req.method,
      path: decodeURIComponent(c.req.path.slice(PREFIX.length)),
      header: (name: string) => c.req.header(name),
      query: (name: string) => c.req.query(name),
      text: () => c.req.text(),
    };
    const calls = readTrpcCalls(appRouter, request, MAX_BATCH);
    if (calls) {
      const { status, body, errors } = await runTrpcCalls(appRouter, calls, request, context, onError);
      const headers = {
        ...(calls.type === 'subscription' ? EVENT_STREAM_HEADERS : JSON_HEADERS),
        ...retryAfter(errors),
        'x-request-id': requestId,
      };
      // The context's response takes over what was set on the way, a cookie for one; a plain one is sent faster.
      return hasCookie ? c.newResponse(body, status as 200, headers) : new Response(body, { status, headers });
    }
    const response = await fetchRequestHandler({
      endpoint: '/trpc',
      router: appRouter,
      req: isUpload(c)
        ? withStagedForm(c.req.raw, async () =>
            stageForm(core, await context.authenticate(), c.req.raw, env.LOREBOX_MAX_UPLOAD_MB * 1024 * 1024),
          )
        : c.req.raw,
      createContext: () => context,
      maxBatchSize: MAX_BATCH,
      allowMethodOverride: true,
      responseMeta: ({ errors }) => ({ headers: { ...retryAfter(errors), 'cache-control': 'no-store' } }),
      onError: ({ error, path }) => onError(error, path),
    });
    // Takes over what was set on the way: request id, cookie, security headers.
    return c.newResponse(response.body, { status: response.status as 200, headers: response.headers });
  });
}

const COMMON_HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  vary: 'trpc-accept, accept',
};
const JSON_HEADERS = { ...COMMON_HEADERS, 'content-type': 'application/json' };
const EVENT_STREAM_HEADERS = {
  ...COMMON_HEADERS,
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};

function retryAfter(errors: readonly TRPCError[]): Record<string, string> {
  const seconds = errors.map((error) => appErrorOf(error).retryAfter).find((after) => after !== undefined);
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}

/** The same request, but its form goes to disk while it is read. tRPC asks for it once it knows who is calling. */
function withStagedForm(request: Request, readForm: () => Promise<unknown>): Request {
  return new Proxy(request, {
    get(target, key) {
      if (key === 'formData') return readForm;
      const value = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Most clients read an answer only once they have sent all; nothing of it is kept. */
async function drain(request: Request): Promise<void> {
  const signal = AbortSignal.timeout(DRAIN_MS);
  await request.body?.pipeTo(new WritableStream(), { signal }).catch(() => {});
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
