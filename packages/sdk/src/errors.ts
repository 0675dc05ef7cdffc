import type { AppRouter } from '@lorebox/api/router';
import type { ErrorCode, FieldProblem } from '@lorebox/contract/errors';
import { TRPCClientError } from '@trpc/client';

export type LoreboxErrorCode = ErrorCode | 'CONNECTION' | 'TIMED_OUT' | 'MALFORMED' | `HTTP_${number}`;

export interface ErrorDetails {
  status?: number | null | undefined;
  requestId?: string | null | undefined;
  retryAfter?: number | null | undefined;
  isRetryable?: boolean | undefined;
  fields?: readonly FieldProblem[] | undefined;
  cause?: unknown;
}

const MAY_PASS: readonly number[] = [408, 429, 502, 503, 504];
/** Stack lines that `console.log` shows. */
const STACK_LINES = 2;

/** An error from the server or from the connection to it. See the subclasses for the kinds of errors. */
export class LoreboxError extends Error {
  /** An error code of the server, CONNECTION, TIMED_OUT or MALFORMED, or a code such as `HTTP_502` from a proxy. */
  readonly code: LoreboxErrorCode;
  /** HTTP status. Null if there was no response. */
  readonly status: number | null;
  /** Search the server log for this id. */
  readonly requestId: string | null;
  /** Seconds to wait before retrying, if the server sent a value. */
  readonly retryAfter: number | null;
  /** True if the same call may succeed later. The client has already retried `maxRetries` times. */
  readonly isRetryable: boolean;
  /** The invalid fields, if the input is invalid. */
  readonly fields: readonly FieldProblem[];

  constructor(code: LoreboxErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.status = details.status ?? null;
    this.requestId = details.requestId ?? null;
    this.retryAfter = details.retryAfter ?? null;
    this.isRetryable = details.isRetryable ?? (this.status === null || MAY_PASS.includes(this.status));
    this.fields = details.fields ?? [];
  }

  /** What Node prints. Otherwise the cause alone takes more than 50 lines. @internal */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const { code, status, requestId } = this;
    const facts = [code, status === null ? '' : `status ${status}`, requestId ? `request ${requestId}` : ''];
    const stack = (this.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
    const message = this.message
      .split('\n')
      .map((line) => line.trim())
      .join(' ');
    return [
      `${this.name}: ${message}`,
      `    (${facts.filter((fact) => fact !== '').join(', ')})`,
      ...stack.slice(0, STACK_LINES),
    ].join('\n');
  }
}

/** 400, 405, 413, 415, 416, 422: the request is invalid or can't be processed. */
export class BadRequestError extends LoreboxError {}
/** 401: the credentials are missing, invalid or expired. */
export class AuthenticationError extends LoreboxError {}
/** 403: the scopes or the role don't allow this. */
export class PermissionDeniedError extends LoreboxError {}
/** 404: not found, or the credentials don't have access to it. */
export class NotFoundError extends LoreboxError {}
/** 409: conflicts with an existing resource. */
export class ConflictError extends LoreboxError {}
/** 429: too many requests. `retryAfter` says how long to wait. */
export class RateLimitError extends LoreboxError {}
/** 499: the answer or the request was cancelled. */
export class CancelledError extends LoreboxError {}
/** 5xx: the server or one of its models failed. */
export class ServerError extends LoreboxError {}
/** The response is not from Lorebox, but from another program or a proxy. */
export class MalformedResponseError extends LoreboxError {}
/** No response: the server is unreachable or the connection broke. */
export class APIConnectionError extends LoreboxError {
  /** Code of the cause, such as "ECONNREFUSED" or "ENOTFOUND". Null if the runtime doesn't provide it. */
  readonly causeCode: string | null;

  constructor(code: LoreboxErrorCode, message: string, details: ErrorDetails & { causeCode?: string | null } = {}) {
    super(code, message, details);
    this.causeCode = details.causeCode ?? null;
  }
}
/** No response within `timeout`. */
export class APITimeoutError extends APIConnectionError {}

const BY_STATUS: Record<number, typeof LoreboxError> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionDeniedError,
  404: NotFoundError,
  405: BadRequestError,
  409: ConflictError,
  413: BadRequestError,
  415: BadRequestError,
  416: BadRequestError,
  422: BadRequestError,
  429: RateLimitError,
  499: CancelledError,
};

/** Creates an error of the class for an HTTP status. */
function createError(
  code: LoreboxErrorCode,
  message: string,
  details: ErrorDetails & { status: number },
): LoreboxError {
  const Kind = BY_STATUS[details.status] ?? (details.status >= 500 ? ServerError : LoreboxError);
  return new Kind(code, message, details);
}

interface Problem {
  code: LoreboxErrorCode;
  detail: string;
  requestId: string | null;
  retryAfter?: number;
  errors?: FieldProblem[];
}

/** Reads the error from a REST response. */
export async function readProblem(response: Response): Promise<LoreboxError> {
  const problem = (await response.json().catch(() => null)) as Problem | null;
  const { status } = response;
  if (typeof problem?.code !== 'string') return unexpectedResponse(status, null);
  const { code, detail, requestId, retryAfter = null, errors = [] } = problem;
  return createError(code, detail, { status, requestId, retryAfter, fields: errors });
}

/** Creates the error that an answer ended with. */
export function readAnswerError(code: string, message: string, isRetryable: boolean): LoreboxError {
  const Kind = code === 'CANCELLED' ? CancelledError : ServerError;
  return new Kind(code as LoreboxErrorCode, message, { isRetryable });
}

export function toLoreboxError(error: unknown, baseUrl: string): LoreboxError {
  if (error instanceof LoreboxError) return error;
  if (error instanceof TRPCClientError) {
    const { data, message, meta } = error as TRPCClientError<AppRouter>;
    if (data?.appCode) {
      const { appCode, httpStatus: status, requestId, retryAfter, fields } = data;
      return createError(appCode, message, { status, requestId, retryAfter, fields, cause: error });
    }
    const response = meta?.response;
    if (response instanceof Response) return unexpectedResponse(response.status, error);
  }
  const root = rootCause(error);
  if (root instanceof SyntaxError) {
    const message = `${baseUrl} responded with something other than JSON; the server may not be Lorebox.`;
    return new MalformedResponseError('MALFORMED', message, { cause: error });
  }
  const causeCode = root instanceof Error && 'code' in root && typeof root.code === 'string' ? root.code : null;
  const details = { cause: error, causeCode };
  return new APIConnectionError('CONNECTION', `Can't reach ${baseUrl}: ${describe(root, causeCode)}`, details);
}

export function readErrorCode(error: TRPCClientError<AppRouter>): LoreboxErrorCode {
  return toLoreboxError(error, '').code;
}

/** The response is from a proxy, or from another program at this address. */
function unexpectedResponse(status: number, cause: unknown): LoreboxError {
  const message = `Unexpected response with status ${status}; the server may not be Lorebox.`;
  const details = { status, ...(cause !== null && { cause }) };
  return status >= 400
    ? createError(`HTTP_${status}`, message, details)
    : new MalformedResponseError('MALFORMED', message, details);
}

const MAX_CAUSES = 10;

/** Finds the root cause: tRPC wraps the error of `fetch`, which wraps the error of the socket. */
function rootCause(error: unknown): unknown {
  let root = error;
  for (let i = 0; i < MAX_CAUSES && root instanceof Error && root.cause instanceof Error; i += 1) root = root.cause;
  // A host with several addresses fails with one error per address.
  return root instanceof AggregateError && root.errors[0] instanceof Error ? root.errors[0] : root;
}

/** Connection failures to several addresses at once have a code but no message. */
function describe(root: unknown, code: string | null): string {
  const text = root instanceof Error ? root.message || code || root.name : String(root);
  return code !== null && !text.includes(code) ? `${text} (${code})` : text;
}
