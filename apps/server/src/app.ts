import { randomUUID } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import { isHangUp } from '@lorebox/api/trpc';
import { AppError, ERROR_CODES, isAppError } from '@lorebox/contract/errors';
import { PROBLEM_TYPE } from '@lorebox/openapi';
import type { Database } from '@lorebox/storage/sqlite/database';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import type { Config } from './config.ts';
import { mountEmbed } from './embed/mount-embed.ts';
import { mountFiles } from './files/mount-files.ts';
import { clientAddress } from './http/client-address.ts';
import type { HttpEnv } from './http/http-env.ts';
import { logRequests } from './http/log-requests.ts';
import type { ServerContext } from './http/server-context.ts';
import { setRateLimitHeaders } from './http/set-rate-limit-headers.ts';
import { rateLimitHeaders, requireToken } from './identity/request-limits.ts';
import { isOpenAiPath, mountOpenAi, openAiErrorResponse } from './openai/mount-openai.ts';
import { mountRest } from './rest/mount-rest.ts';
import { toProblem } from './rest/problem.ts';
import { mountTrpc } from './trpc/mount-trpc.ts';
import { mountLogo } from './web/mount-logo.ts';
import { mountWebApp } from './web/web-app.ts';

/** Mounts all routes and middleware, in order. */
export function createApp(serverContext: ServerContext, database: Pick<Database, 'isHealthy'>): Hono<HttpEnv> {
  const { core, config, state, requests } = serverContext;
  const app = new Hono<HttpEnv>();

  app.onError((cause, c) => {
    const error = isHangUp(cause) ? new AppError('CANCELLED') : cause;
    if (!isAppError(error)) core.log.error({ err: error, requestId: c.get('requestId') }, 'unexpected error');
    return answerError(c, error);
  });
  app.notFound((c) => answerError(c, new AppError('NOT_FOUND')));
  app.use(async (c, next) => {
    c.set('requestId', requestIdOf(c.req.header('x-request-id')));
    c.set('address', addressOf(c, config.http));
    c.header('x-request-id', c.get('requestId'));
    c.header('x-content-type-options', 'nosniff');
    assertApiVersion(c.req.header('lorebox-api-version'));
    await next();
  });
  const { corsOrigins: origins } = config.http;
  // Each widget has its own allowed origins.
  const allow = allowOrigins(origins);
  if (origins.length > 0) app.use((c, next) => (c.req.path.startsWith('/embed/') ? next() : allow(c, next)));
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', (c) => {
    const isReady = state.isReady && database.isHealthy();
    return c.json({ status: isReady ? 'ready' : 'not ready' }, isReady ? 200 : 503);
  });
  app.use(logRequests(core.log));
  app.use(async (c, next) => {
    await next();
    const limit = c.get('limit');
    for (const [name, value] of Object.entries(limit ? rateLimitHeaders(limit) : {})) c.header(name, value);
  });
  app.use(async (c, next) => {
    const ofAddress = await requests.ofAddress(c.get('address'));
    if (ofAddress) setRateLimitHeaders(c, ofAddress);
    requireToken(ofAddress);
    await next();
  });
  mountFiles(app, core);
  mountLogo(app, core);
  mountEmbed(app, serverContext);
  mountTrpc(app, serverContext);
  mountRest(app, serverContext);
  mountOpenAi(app, serverContext);
  mountWebApp(app, { isHttps: serverContext.cookie.isSecure });
  return app;
}

/** Allows cross-origin pages to send an API key. Credentials are not allowed, so browsers don't send our cookie. */
function allowOrigins(origins: readonly string[]): MiddlewareHandler {
  return cors({
    origin: origins.includes('*') ? '*' : [...origins],
    allowHeaders: [
      'authorization',
      'x-api-key',
      'content-type',
      'idempotency-key',
      'lorebox-api-version',
      'last-event-id',
      'range',
      'trpc-accept',
    ],
    exposeHeaders: [
      'x-request-id',
      'retry-after',
      'link',
      'etag',
      'content-range',
      'content-disposition',
      ...LIMIT_HEADERS,
    ],
    maxAge: 600,
  });
}

const LIMIT_HEADERS = ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'ratelimit-policy'];

/**
 * Formats an error for the clients of the path: the tRPC envelope under /trpc, OpenAI errors, and problem details
 * elsewhere.
 */
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
  const data = { code: trpc, httpStatus: http, appCode: code, requestId, retryAfter, fields: [] };
  return c.json({ error: { json: { message, code: TRPC_ERROR_CODES_BY_KEY[trpc], data } } }, http as 400);
}

const API_VERSION = '1';

/** Clients can send the API version that they were written for. */
function assertApiVersion(version: string | undefined): void {
  if (version === undefined || version === API_VERSION) return;
  const message = `Unknown API version in \`Lorebox-API-Version\`. This server supports version ${API_VERSION}.`;
  throw new AppError('BAD_REQUEST', message);
}

function requestIdOf(given: string | undefined): string {
  return given && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
}

function addressOf(c: Context, { trustProxy }: Config['http']): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for') : undefined;
  return clientAddress(getConnInfo(c).remote.address, forwarded);
}
