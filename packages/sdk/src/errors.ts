import type { AppRouter } from '@lorebox/api/router';
import type { ErrorCode } from '@lorebox/contract/errors';
import { TRPCClientError } from '@trpc/client';

export type LoreboxErrorCode = ErrorCode | 'CONNECTION' | 'TIMED_OUT';

export interface ErrorDetails {
  status?: number | null;
  requestId?: string | null;
  retryAfter?: number | null;
  isRetryable?: boolean;
  cause?: unknown;
}

const MAY_PASS: readonly number[] = [408, 429, 502, 503, 504];

/** What the server, or the way to it, answered instead of a result. Its subclasses tell the kinds apart. */
export class LoreboxError extends Error {
  /** A code of the server's table, CONNECTION when it could not be reached, TIMED_OUT when it took too long. */
  readonly code: LoreboxErrorCode;
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  /** Find the server's log line by it. */
  readonly requestId: string | null;
  /** Seconds to wait before trying again, when the server says so. */
  readonly retryAfter: number | null;
  /** True when the same call may work later. The client has tried again already, `maxRetries` times. */
  readonly isRetryable: boolean;

  constructor(code: LoreboxErrorCode, message: string, about: ErrorDetails = {}) {
    super(message, about.cause === undefined ? undefined : { cause: about.cause });
    this.name = new.target.name;
    this.code = code;
    this.status = about.status ?? null;
    this.requestId = about.requestId ?? null;
    this.retryAfter = about.retryAfter ?? null;
    this.isRetryable = about.isRetryable ?? (this.status === null || MAY_PASS.includes(this.status));
  }
}

/** 400, 405, 413, 415, 416, 422: the input is not what the procedure takes. */
export class BadRequestError extends LoreboxError {}
/** 401: no credential, a wrong or an expired one. */
export class AuthenticationError extends LoreboxError {}
/** 403: the credential is good, its scopes or role don't allow this. */
export class PermissionError extends LoreboxError {}
/** 404: there is no such thing, or the credential may not see it. */
export class NotFoundError extends LoreboxError {}
/** 409: it conflicts with what is there. */
export class ConflictError extends LoreboxError {}
/** 429: too many requests; `retryAfter` says how long to wait. */
export class RateLimitError extends LoreboxError {}
/** 5xx: the server, or a model behind it, failed. */
export class ServerError extends LoreboxError {}
/** No answer: the server is not there, or the line broke. */
export class ConnectionError extends LoreboxError {}
/** No answer within `timeout`. */
export class TimeoutError extends ConnectionError {}

const BY_STATUS: Record<number, typeof LoreboxError> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  405: BadRequestError,
  409: ConflictError,
  413: BadRequestError,
  415: BadRequestError,
  416: BadRequestError,
  422: BadRequestError,
  429: RateLimitError,
};

/** The error of the kind that the status says. */
function createError(code: LoreboxErrorCode, message: string, about: ErrorDetails & { status: number }): LoreboxError {
  const Kind = BY_STATUS[about.status] ?? (about.status >= 500 ? ServerError : LoreboxError);
  return new Kind(code, message, about);
}

interface Problem {
  code: LoreboxErrorCode;
  detail: string;
  requestId: string | null;
  retryAfter?: number;
}

/** The error that a REST route answered with. */
export async function readProblem(response: Response): Promise<LoreboxError> {
  const problem = (await response.json().catch(() => null)) as Problem | null;
  const { status } = response;
  if (typeof problem?.code !== 'string')
    return createError('INTERNAL', `It answered with status ${status}.`, { status });
  const { code, detail, requestId, retryAfter = null } = problem;
  return createError(code, detail, { status, requestId, retryAfter });
}

export function toLoreboxError(error: unknown, baseUrl: string): LoreboxError {
  if (error instanceof LoreboxError) return error;
  if (error instanceof TRPCClientError) {
    const { data, message } = error as TRPCClientError<AppRouter>;
    if (data?.appCode) {
      const { appCode, httpStatus: status, requestId, retryAfter } = data;
      return createError(appCode, message, { status, requestId, retryAfter, cause: error });
    }
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return new ConnectionError('CONNECTION', `${baseUrl} could not be reached: ${describe(cause)}`, { cause: error });
}

/** Failures on several addresses at once have a code but no message. */
function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.message || ('code' in cause ? String(cause.code) : cause.name);
}
