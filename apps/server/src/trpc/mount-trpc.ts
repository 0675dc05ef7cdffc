import { appRouter } from '@lorebox/api/router';
import { appErrorOf, type Meta } from '@lorebox/api/trpc';
import { AppError } from '@lorebox/contract/errors';
import { runOnce } from '@lorebox/openapi';
import { type AnyTRPCProcedure, TRPCError } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { Context, Hono } from 'hono';
import { maxBodyBytes } from '../http/body/max-body-bytes.ts';
import type { HttpEnv } from '../http/http-env.ts';
import { createRequestContext } from '../http/request-context.ts';
import type { ServerContext } from '../http/server-context.ts';
import { formLimitsOf, stageForm } from '../http/stage-form.ts';
import { readTrpcCalls, runTrpcCalls } from './trpc-calls.ts';

const MAX_BATCH = 50;
const PREFIX = '/trpc/';

/**
 * Serves the procedures over HTTP: calls and batches as JSON, subscriptions as server-sent events, and uploads as
 * forms.
 */
export function mountTrpc(app: Hono<HttpEnv>, serverContext: ServerContext): void {
  const { core, config, idempotency, bodies } = serverContext;
  const procedures = appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>;
  const isUpload = (c: Context) => c.req.path === `${PREFIX}documents.upload`;
  app.all('/trpc/*', async (c) => {
    const requestId = c.get('requestId');
    const path = decodePath(c.req.path.slice(PREFIX.length));
    const called = path.split(',').map((name) => (Object.hasOwn(procedures, name) ? procedures[name] : undefined));
    const context = createRequestContext(c, serverContext, { isWrite: called.some(isWrite) });
    const onError = (error: TRPCError, path: string | undefined) => {
      const app = appErrorOf(error);
      if (app.code === 'INTERNAL') core.log.error({ err: app.cause, path, requestId }, 'unexpected error');
    };
    const readJson = () => bodies.readJson(c, maxBodyBytes(called, config.http));
    const request = {
      method: c.req.method,
      path,
      header: (name: string) => c.req.header(name),
      query: (name: string) => c.req.query(name),
      json: async () => (await readJson()).value,
    };
    const calls = readTrpcCalls(appRouter, request, MAX_BATCH);
    if (calls) {
      const send = async () => {
        const { status, body, errors } = await runTrpcCalls(appRouter, calls, request, context, onError);
        const headers = {
          ...(calls.type === 'subscription' ? EVENT_STREAM_HEADERS : JSON_HEADERS),
          ...retryAfter(errors),
          'x-request-id': requestId,
        };
        // `c.newResponse` keeps what was set on the context, such as a cookie. A plain response is faster to send.
        return c.get('hasCookie')
          ? c.newResponse(body, status as 200, headers)
          : new Response(body, { status, headers });
      };
      const key = calls.type === 'mutation' && !calls.isBatch ? c.req.header('idempotency-key') : undefined;
      const opened = key === undefined ? null : await idempotency.open(c, context);
      if (key === undefined || opened === null) return send();
      const once = { scope: `${opened.scope} ${request.path}`, key, fingerprint: (await readJson()).digest };
      return runOnce(opened.store, once, send).catch((error) => {
        throw error instanceof TRPCError ? appErrorOf(error) : error;
      });
    }
    const response = await fetchRequestHandler({
      endpoint: '/trpc',
      router: appRouter,
      req: withOwnReaders(c.req.raw, {
        json: request.json,
        formData: async () => {
          if (!isUpload(c)) throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.');
          return stageForm(core, await context.authenticate(), c.req.raw, formLimitsOf(config.http));
        },
      }),
      createContext: () => context,
      maxBatchSize: MAX_BATCH,
      allowMethodOverride: true,
      responseMeta: ({ errors }) => ({ headers: { ...retryAfter(errors), 'cache-control': 'no-store' } }),
      onError: ({ error, path }) => onError(error, path),
    });
    // Keeps what was set on the context: request ID, cookie and security headers.
    return c.newResponse(response.body, { status: response.status as 200, headers: response.headers });
  });
}

/** Subscriptions are opened with GET even if they start something. Their REST method tells which ones do. */
function isWrite(procedure: AnyTRPCProcedure | undefined): boolean {
  if (!procedure || procedure._def.type === 'query') return false;
  const meta = procedure._def.meta as Meta | undefined;
  return procedure._def.type === 'mutation' || meta?.openapi?.method !== 'GET';
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

/** Returns the path unchanged if it can't be decoded; no procedure has that name. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Wraps the request so that its body is read within our limits, and a form is written to disk while it is read. */
function withOwnReaders(
  request: Request,
  readers: { json(): Promise<unknown>; formData(): Promise<unknown> },
): Request {
  return new Proxy(request, {
    get(target, key) {
      if (key === 'json' || key === 'formData') return readers[key];
      if (key === 'body') return null;
      const value = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
