import type { Actor } from '@lorebox/contract/actor';
import { AppError, ERROR_CODES, isAppError } from '@lorebox/contract/errors';
import { recordRefusal } from '@lorebox/core/audit/record-refusal';
import type { Core } from '@lorebox/core/core';
import type { WithOpenApi } from '@lorebox/openapi';
import { initTRPC, TRPCError } from '@trpc/server';
import { ZodError, z } from 'zod';
import { releaseAtEnd } from './release-at-end.ts';
import { transformer } from './transformer.ts';

/** What a surface passes to every procedure. */
export interface Context {
  core: Core;
  /**
   * Resolves the credential of the request to an actor. Called for every call, and repeatedly while a stream is open.
   * @throws AppError UNAUTHENTICATED or KEY_EXPIRED.
   */
  authenticate(): Promise<Actor>;
  requestId: string;
  /** Client address. */
  address: string;
  /** Aborts when the client disconnects. Created on first use because few procedures need it. */
  signal(): AbortSignal | undefined;
  throttle: Throttle;
  /** Sets the session cookie of a browser, or removes it (null). */
  setSessionCookie(session: { token: string; expiresAt: Date } | null): void;
}

/** Rate limits. @throws AppError RATE_LIMITED from every method, with the seconds to wait. */
export interface Throttle {
  login(account: string): void;
  /** Resets the login attempts of the account after a successful login. */
  loginSucceeded(account: string): void;
  /** Counts a view of something public from this address. */
  view(): void;
  /** Counts a call by this user or key. */
  request(actor: Actor): Promise<void>;
  /** Reserves a slot for a call, or for a stream while it is open. Returns a function that releases it. */
  enter(actor: Actor, kind: 'call' | 'stream'): () => void;
}

/** Metadata of a procedure. */
export interface Meta extends WithOpenApi {
  /** Accepts bodies up to the limit set by an admin, for texts and images. Other procedures accept 1 MB. */
  largeBody?: boolean;
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    transformer,
    errorFormatter({ shape, error, ctx }) {
      const app = appErrorOf(error);
      const data = { ...shape.data, code: shape.data.code, appCode: app.code, requestId: ctx?.requestId ?? null };
      return {
        ...shape,
        message: app.message,
        data: {
          ...data,
          stack: undefined,
          httpStatus: ERROR_CODES[app.code].http,
          retryAfter: app.retryAfter ?? null,
          fields: listFields(error.cause),
        },
      };
    },
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 45_000 } },
  });

/**
 * Returns the error as shown to clients: the AppError from core, a readable message for invalid input, or INTERNAL
 * without details.
 */
export function appErrorOf(error: TRPCError): AppError {
  if (isAppError(error.cause)) return error.cause;
  if (isHangUp(error.cause))
    return new AppError('CANCELLED', 'The connection was closed before the request was complete.');
  if (error.cause instanceof ZodError) return new AppError('BAD_REQUEST', describeIssues(error.cause));
  const known = (Object.keys(ERROR_CODES) as (keyof typeof ERROR_CODES)[]).find(
    (code) => ERROR_CODES[code].trpc === error.code,
  );
  if (known && known !== 'INTERNAL') return new AppError(known, error.message);
  if (error.code === 'PARSE_ERROR') return new AppError('BAD_REQUEST', 'The request body is not valid JSON.');
  if (error.code === 'METHOD_NOT_SUPPORTED') return new AppError('BAD_REQUEST', error.message);
  return new AppError('INTERNAL', undefined, { cause: error.cause ?? error });
}

/** Returns whether reading the body failed because the client disconnected, which is not a server error. */
export function isHangUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET' && error.message === 'aborted';
}

/** Lists the invalid fields of the input, for forms that show each message next to its field. */
export function listFields(cause: unknown): { path: string; message: string }[] {
  if (isAppError(cause) && cause.fields) return [...cause.fields];
  if (!(cause instanceof ZodError)) return [];
  return cause.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
}

function describeIssues(error: ZodError): string {
  const lines = error.issues
    .slice(0, 5)
    .map((issue) => [issue.path.join('.'), issue.message].filter((part) => part).join(': '));
  return lines.join('; ');
}

/** Converts errors from core to tRPC errors with the right code, which tells clients whether to retry. */
export function toTrpcError(error: unknown): unknown {
  const app = isAppError(error) ? error : error instanceof TRPCError && isAppError(error.cause) ? error.cause : null;
  return app ? new TRPCError({ code: ERROR_CODES[app.code].trpc, message: app.message, cause: app }) : error;
}

const mapErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw toTrpcError(result.error);
  return result;
});

/** Output of procedures that return nothing: 204 over REST. */
export const NoContent = z.void();

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** For callers without a credential: only setup and login. */
export const publicProcedure = t.procedure.use(mapErrors);

/** For authenticated callers: everything else. */
export const procedure = publicProcedure.use(async ({ ctx, path, next, type, signal }) => {
  const actor = await ctx.authenticate();
  await ctx.throttle.request(actor);
  const isStream = type === 'subscription';
  const release = ctx.throttle.enter(actor, isStream ? 'stream' : 'call');
  let isOpen = false;
  try {
    const result = await next({ ctx: { actor } });
    if (!result.ok && appErrorOf(result.error).code === 'FORBIDDEN') await recordRefusal(ctx.core, actor, path);
    if (!isStream || !result.ok) return result;
    isOpen = true;
    signal?.addEventListener('abort', release, { once: true });
    return { ...result, data: releaseAtEnd(result.data as AsyncIterable<unknown>, release) };
  } finally {
    if (!isOpen) release();
  }
});
