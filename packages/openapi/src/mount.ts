import { type AnyTRPCRouter, getTRPCErrorFromUnknown, TRPCError } from '@trpc/server';
import type { Context, Env, Hono } from 'hono';
import { type Download, downloadResponse, RangeNotSatisfiable, rangeProblemResponse } from './download.ts';
import { type IdempotencyStore, runOnce } from './idempotency.ts';
import { type Problem, problemResponse } from './problem.ts';
import { type ReadJson, readInput, readJsonText } from './request.ts';
import { nextLink, toJson } from './response.ts';
import { collectRoutes, RESUME_PROPERTY, type Route } from './routes.ts';
import { collect, poll, streamResponse, wantsStream } from './stream.ts';
import { describeUnknownRoute } from './unknown-route.ts';

export interface MountOptions<E extends Env> {
  /** Prefix of every path: "/v1". */
  prefix?: string;
  /** Creates the router's context for a request. Errors are returned as problems. */
  createContext(c: Context<E>): unknown;
  /** Converts an error to a problem, using your own error codes. */
  toProblem(error: TRPCError, c: Context<E>): Problem;
  /** Headers for every response, such as a request id or a cookie. Called when the response is created. */
  headers?(c: Context<E>): Record<string, string>;
  /** Called for every error before the response is sent. */
  onError?(error: TRPCError, route: Route, c: Context<E>): void;
  /**
   * Reads JSON bodies with your own limits. Called when the procedure reads its input, so after the middleware that
   * authenticates, and for requests with an `Idempotency-Key` after `idempotency.open`. Can be called twice for a
   * request.
   */
  readJson?: ReadJson<E>;
  /** Reads the input of routes with a form as `contentType` while the request streams in. */
  readForm?(c: Context<E>, route: Route, context: unknown): Promise<unknown>;
  /** Opens the bytes that the procedure's output describes, for routes with `download`. */
  openDownload?(output: unknown, c: Context<E>, route: Route, context: unknown): Promise<Download>;
  /**
   * Enables `Idempotency-Key` on POST. Null for callers that can't use it. `scope` identifies the owner of the key. A
   * stored response is sent without calling the procedure, so `open` and the store must reject callers without access.
   */
  idempotency?: {
    open(c: Context<E>, context: unknown): Promise<{ store: IdempotencyStore; scope: string } | null>;
  };
}

/**
 * Mounts a REST route for every procedure with `meta.openapi` and returns the routes. @throws if a procedure can't be
 * mounted.
 */
export function mountOpenApi<E extends Env>(app: Hono<E>, router: AnyTRPCRouter, options: MountOptions<E>): Route[] {
  const routes = collectRoutes(router);
  for (const route of routes) {
    app.on(route.meta.method, honoPath(route.meta.path, options), (c) => handle(c, route, options));
  }
  refuseOtherMethods(app, routes, options);
  refuseUnknownRoutes(app, routes, options);
  return routes;
}

/**
 * Returns 405 with `Allow` if the path exists for another method. Registered last, so that other handlers of the app
 * take precedence.
 */
function refuseOtherMethods<E extends Env>(app: Hono<E>, routes: readonly Route[], options: MountOptions<E>): void {
  const methods = new Map<string, Set<string>>();
  for (const { meta } of routes) {
    const path = honoPath(meta.path, options);
    const known = methods.get(path) ?? new Set(['OPTIONS']);
    methods.set(path, known.add(meta.method));
    if (meta.method === 'GET') known.add('HEAD');
  }
  for (const [path, known] of methods) {
    const allow = [...known].sort().join(', ');
    app.all(path, (c) => {
      const headers = { ...options.headers?.(c), allow };
      if (c.req.method === 'OPTIONS') return new Response(null, { status: 204, headers });
      const message = `Method ${c.req.method} not allowed. Allowed methods: ${allow}.`;
      const problem = options.toProblem(new TRPCError({ code: 'METHOD_NOT_SUPPORTED', message }), c);
      return problemResponse({ ...problem, ...METHOD_PROBLEM, detail: message }, headers);
    });
  }
}

/** Returns 404 with similar routes. Needs a prefix: without one it would shadow the app's own routes. */
function refuseUnknownRoutes<E extends Env>(app: Hono<E>, routes: readonly Route[], options: MountOptions<E>): void {
  const { prefix = '' } = options;
  if (prefix === '') return;
  app.all(`${prefix}/*`, (c) => {
    const message = describeUnknownRoute(c.req.method, c.req.path, prefix, routes);
    const problem = options.toProblem(new TRPCError({ code: 'NOT_FOUND', message }), c);
    return problemResponse({ ...problem, detail: message }, options.headers?.(c));
  });
}

const METHOD_PROBLEM = { status: 405, title: 'Method Not Allowed', code: 'METHOD_NOT_ALLOWED' };

function honoPath<E extends Env>(path: string, { prefix = '' }: MountOptions<E>): string {
  return `${prefix}${path.replace(/\{([^{}]+)\}/g, ':$1')}`;
}

async function handle<E extends Env>(c: Context<E>, route: Route, options: MountOptions<E>): Promise<Response> {
  const toProblem = (cause: unknown): Problem => {
    const error = getTRPCErrorFromUnknown(cause);
    options.onError?.(error, route, c);
    return options.toProblem(error, c);
  };
  try {
    const key = c.req.method === 'POST' ? c.req.header('idempotency-key') : undefined;
    const context = await options.createContext(c);
    const opened = key === undefined ? null : ((await options.idempotency?.open(c, context)) ?? null);
    const run = () => answer(c, route, context, options, toProblem);
    if (key === undefined || opened === null || route.type === 'subscription' || route.meta.contentType)
      return await run();
    return await once(c, route, options, { key, ...opened }, run);
  } catch (cause) {
    const headers = options.headers?.(c) ?? {};
    if (cause instanceof RangeNotSatisfiable) return rangeProblemResponse(cause, toProblem(cause), headers);
    return problemResponse(toProblem(cause), headers);
  }
}

async function answer<E extends Env>(
  c: Context<E>,
  route: Route,
  context: unknown,
  options: MountOptions<E>,
  toProblem: (cause: unknown) => Problem,
): Promise<Response> {
  const { id: path, type, procedure, meta } = route;
  const isForm = meta.contentType === 'multipart/form-data';
  if (isForm && !options.readForm) throw new Error(`${path} takes a form, and mountOpenApi was given no readForm`);
  let isResumed = false;
  // Read when the procedure requests it, after its middleware has rejected unknown callers.
  const getRawInput = async () => {
    if (isForm) return options.readForm?.(c, route, context);
    const input = await readInput(c, route, options.readJson ?? readJsonText);
    isResumed = input[RESUME_PROPERTY] !== undefined;
    return input;
  };
  const left = new AbortController();
  const signal = type === 'subscription' ? AbortSignal.any([c.req.raw.signal, left.signal]) : undefined;
  const output: unknown = await procedure({ ctx: context, getRawInput, path, type, signal, batchIndex: 0 });
  const headers = () => options.headers?.(c) ?? {};
  if (meta.download) {
    if (!options.openDownload) throw new Error(`${path} is a download, and mountOpenApi was given no openDownload`);
    return downloadResponse(c, await options.openDownload(output, c, route, context), headers());
  }
  if (type !== 'subscription') {
    const link = nextLink(c, output);
    return respond(route, output, link === null ? headers() : { ...headers(), link });
  }
  const events = output as AsyncIterable<unknown>;
  if (!wantsStream(c, route)) {
    const all = meta.endless ? poll(events, () => left.abort()) : collect(route, events);
    return respond(route, await all, headers());
  }
  return streamResponse(events, { isResumed, toProblem, headers: headers() });
}

function respond({ meta }: Route, output: unknown, extra: Record<string, string>): Response {
  const { status = 200 } = meta;
  if (status === 204) return new Response(null, { status, headers: extra });
  const headers = { ...extra, 'content-type': 'application/json', 'cache-control': 'no-store' };
  return new Response(toJson(output), { status, headers });
}

/** Runs a request at most once per key. Repeated requests get the first response. */
async function once<E extends Env>(
  c: Context<E>,
  route: Route,
  { readJson = readJsonText }: MountOptions<E>,
  { key, scope, store }: { key: string; scope: string; store: IdempotencyStore },
  run: () => Promise<Response>,
): Promise<Response> {
  const { digest } = await readJson(c, route);
  const fingerprint = `${digest} ${new URL(c.req.url).pathname}`;
  return runOnce(store, { scope: `${scope} ${route.id}`, key, fingerprint }, run);
}
