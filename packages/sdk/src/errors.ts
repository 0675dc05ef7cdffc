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

/** An error from the server or from the connection to it. Subclasses tell the kinds apart. */
export class LoreboxError extends Error {
  /** An error code of the server, CONNECTION if it is unreachable, or TIMED_OUT if it didn't respond in time. */
  readonly code: LoreboxErrorCode;
  /** HTTP status. Null if there was no response. */
  readonly status: number | null;
  /** Search the server log for this id. */
  readonly requestId: string | null;
  /** Seconds to wait before retrying, if the server sent a value. */
  readonly retryAfter: number | null;
  /** True if the same call may succeed later. The client has already retried `maxRetries` times. */
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

/** 400, 405, 413, 415, 416, 422: the request is invalid or can't be processed. */
export class BadRequestError extends LoreboxError {}
/** 401: the credentials are missing, invalid or expired. */
export class AuthenticationError extends LoreboxError {}
/** 403: the scopes or the role don't allow this. */
export class PermissionError extends LoreboxError {}
/** 404: not found, or the credentials don't have access to it. */
export class NotFoundError extends LoreboxError {}
/** 409: conflicts with an existing resource. */
export class ConflictError extends LoreboxError {}
/** 429: too many requests. `retryAfter` says how long to wait. */
export class RateLimitError extends LoreboxError {}
/** 5xx: the server or one of its models failed. */
export class ServerError extends LoreboxError {}
/** No response: the server is unreachable or the connection broke. */
export class ConnectionError extends LoreboxError {}
/** No response within `timeout`. */
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

/** The error class for an HTTP status. */
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

/** The error from a REST response. */
export async function readProblem(response: Response): Promise<LoreboxError> {
  const problem = (await response.json().catch(() => null)) as Problem | null;
  const { status } = response;
  if (typeof problem?.code !== 'string')
    return createError('INTERNAL', `The server responded with status ${status}.`, { status });
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
  return new ConnectionError('CONNECTION', `Can't reach ${baseUrl}: ${describe(cause)}`, { cause: error });
}

/** Connection failures to several addresses at once have a code but no message. */
function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.message || ('code' in cause ? String(cause.code) : cause.name);
}
