import { randomUUID } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import { appRouter } from '@lorebox/api/router';
import { appErrorOf } from '@lorebox/api/trpc';
import { AppError, ERROR_CODES, isAppError } from '@lorebox/contract/errors';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, setCookie } from 'hono/cookie';
import { secureHeaders } from 'hono/secure-headers';
import type { Composed } from '../compose.ts';
import type { Env } from '../env.ts';
import { SESSION_COOKIE } from '../identity/lucia-sessions.ts';
import { TokenBuckets } from '../identity/throttle.ts';
import { landingPage, setupPage } from '../pages/pages.ts';
import { assertSameSite, readCredential } from './credential.ts';
import { joinChunks } from './join-chunks.ts';
import { logRequests } from './log-requests.ts';
import { stageForm } from './stage-form.ts';
import { createTrpcContext, type LoginLimits } from './trpc-context.ts';

export interface HttpEnv {
  Variables: { requestId: string; address: string };
}

export interface AppState {
  isReady: boolean;
  /** Addresses that a browser may show for this server. */
  ownOrigins: string[];
}

const MAX_BATCH = 50;
const DRAIN_MS = 10_000;

/** All that is mounted, in order. */
export function createApp({ core, database }: Composed, env: Env, limits: LoginLimits, state: AppState): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const perAddress =
    env.LOREBOX_REQUESTS_PER_MINUTE > 0 ? new TokenBuckets(env.LOREBOX_REQUESTS_PER_MINUTE, 60_000) : null;

  app.onError((error, c) => {
    if (!isAppError(error)) core.log.error({ err: error, requestId: c.get('requestId') }, 'unexpected error');
    return answerError(c, error);
  });
  app.notFound((c) => answerError(c, new AppError('NOT_FOUND')));
  app.use(async (c, next) => {
    c.set('requestId', requestIdOf(c.req.header('x-request-id')));
    c.set('address', addressOf(c, env));
    c.header('x-request-id', c.get('requestId'));
    c.header('x-content-type-options', 'nosniff');
    await next();
  });
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', (c) => {
    const isReady = state.isReady && database.isHealthy();
    return c.json({ status: isReady ? 'ready' : 'not ready' }, isReady ? 200 : 503);
  });
  app.use(logRequests(core.log));
  app.use(async (c, next) => {
    perAddress?.take(c.get('address'));
    await next();
  });
  const isHttps = env.LOREBOX_PUBLIC_URL?.startsWith('https:') ?? false;
  const forPages = secureHeaders({
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    strictTransportSecurity: isHttps,
  });
  app.get('/', forPages, (c) => landingPage(c, core));
  app.get('/setup', forPages, (c) => setupPage(c));

  const limitBody = bodyLimit({
    maxSize: env.LOREBOX_MAX_BODY_MB * 1024 * 1024,
    onError: async (c) => {
      await drain(c.req.raw);
      throw new AppError(
        'TOO_LARGE',
        `A request may have ${env.LOREBOX_MAX_BODY_MB} MB; upload larger things as files.`,
      );
    },
  });
  const isUpload = (c: Context) => c.req.path === '/trpc/documents.upload';
  const hasLimit = (c: Context) => c.req.method !== 'GET' && !isUpload(c);
  app.use('/trpc/*', (c, next) => (hasLimit(c) ? limitBody(c, next) : next()));
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
      signal: c.req.raw.signal,
      setSessionCookie: (session) => {
        hasCookie = true;
        writeCookie(c, env, session);
      },
    });
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
      responseMeta: ({ errors }) => {
        const retryAfter = errors.map((error) => appErrorOf(error).retryAfter).find((seconds) => seconds !== undefined);
        return {
          headers: {
            ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
            'cache-control': 'no-store',
          },
        };
      },
      onError: ({ error, path }) => {
        const app = appErrorOf(error);
        if (app.code === 'INTERNAL') core.log.error({ err: app.cause, path, requestId }, 'unexpected error');
      },
    });
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
    if (!isStream && !hasCookie) {
      // As it is, the adapter sends its text in one go; taking the body out would make a stream of it.
      response.headers.set('x-request-id', requestId);
      response.headers.set('x-content-type-options', 'nosniff');
      return response;
    }
    // Takes over what was set on the way: request id, cookie, security headers.
    const body = isStream && response.body ? joinChunks(response.body) : response.body;
    return c.newResponse(body, { status: response.status as 200, headers: response.headers });
  });
  return app;
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

/** In the form that the path's clients read: tRPC's own envelope under /trpc, plain JSON elsewhere. */
function answerError(c: Context<HttpEnv>, error: unknown): Response {
  const known = isAppError(error) ? error : new AppError('INTERNAL', undefined, { cause: error });
  const { code, message, retryAfter = null } = known;
  const { http, trpc } = ERROR_CODES[code];
  const requestId = c.get('requestId');
  if (retryAfter !== null) c.header('retry-after', String(retryAfter));
  if (!c.req.path.startsWith('/trpc/')) return c.json({ error: { code, message, requestId } }, http as 400);
  const data = { code: trpc, httpStatus: http, appCode: code, requestId, retryAfter };
  return c.json({ error: { json: { message, code: TRPC_ERROR_CODES_BY_KEY[trpc], data } } }, http as 400);
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

function requestIdOf(given: string | undefined): string {
  return given && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
}

function addressOf(c: Context, env: Env): string {
  const forwarded = env.LOREBOX_TRUST_PROXY ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return forwarded || getConnInfo(c).remote.address || 'unknown';
}
