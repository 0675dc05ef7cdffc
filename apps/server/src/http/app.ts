import { randomUUID } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import { AppError, ERROR_CODES, isAppError } from '@lorebox/contract/errors';
import { PROBLEM_TYPE } from '@lorebox/openapi';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Composed } from '../compose.ts';
import type { Env } from '../env.ts';
import { TokenBuckets } from '../identity/throttle.ts';
import { isOpenAiPath, mountOpenAi, openAiErrorResponse } from '../openai/mount-openai.ts';
import { landingPage, setupPage } from '../pages/pages.ts';
import { createIdempotency } from './idempotency.ts';
import { logRequests } from './log-requests.ts';
import { mountRest } from './mount-rest.ts';
import { mountTrpc } from './mount-trpc.ts';
import { toProblem } from './problem.ts';
import type { LoginLimits } from './trpc-context.ts';

export interface HttpEnv {
  Variables: { requestId: string; address: string; hasCookie?: boolean };
}

export interface AppState {
  isReady: boolean;
  /** Addresses that a browser may show for this server. */
  ownOrigins: string[];
}

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

  const idempotency = createIdempotency(core);
  mountTrpc(app, core, env, limits, state, idempotency);
  mountRest(app, core, env, limits, state, idempotency);
  mountOpenAi(app, core, env, limits, state);
  return app;
}

/** In the form that the path's clients read: tRPC's own envelope under /trpc, OpenAI's, problem details elsewhere. */
function answerError(c: Context<HttpEnv>, error: unknown): Response {
  const known = isAppError(error) ? error : new AppError('INTERNAL', undefined, { cause: error });
  const { code, message, retryAfter = null } = known;
  const { http, trpc } = ERROR_CODES[code];
  const requestId = c.get('requestId');
  if (retryAfter !== null) c.header('retry-after', String(retryAfter));
  if (isOpenAiPath(c.req.path)) return openAiErrorResponse(c, known);
  if (!c.req.path.startsWith('/trpc/')) {
    return c.body(JSON.stringify(toProblem(known, requestId)), http as 400, { 'content-type': PROBLEM_TYPE });
  }
  const data = { code: trpc, httpStatus: http, appCode: code, requestId, retryAfter };
  return c.json({ error: { json: { message, code: TRPC_ERROR_CODES_BY_KEY[trpc], data } } }, http as 400);
}

function requestIdOf(given: string | undefined): string {
  return given && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
}

function addressOf(c: Context, env: Env): string {
  const forwarded = env.LOREBOX_TRUST_PROXY ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return forwarded || getConnInfo(c).remote.address || 'unknown';
}
