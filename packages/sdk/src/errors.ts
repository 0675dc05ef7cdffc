import type { AppRouter } from '@lorebox/api/router';
import type { ErrorCode } from '@lorebox/contract/errors';
import { TRPCClientError } from '@trpc/client';

/** What the server, or the way to it, answered instead of a result. */
export class LoreboxError extends Error {
  /** A code of the server's table, or CONNECTION when it could not be reached. */
  readonly code: ErrorCode | 'CONNECTION';
  /** Find the server's log line by it. */
  readonly requestId: string | null;
  /** Seconds to wait before trying again, when the server says so. */
  readonly retryAfter: number | null;

  constructor(
    code: ErrorCode | 'CONNECTION',
    message: string,
    about: { requestId?: string | null; retryAfter?: number | null; cause?: unknown } = {},
  ) {
    super(message, about.cause === undefined ? undefined : { cause: about.cause });
    this.name = 'LoreboxError';
    this.code = code;
    this.requestId = about.requestId ?? null;
    this.retryAfter = about.retryAfter ?? null;
  }
}

export function toLoreboxError(error: unknown, baseUrl: string): LoreboxError {
  if (error instanceof LoreboxError) return error;
  if (error instanceof TRPCClientError) {
    const { data, message } = error as TRPCClientError<AppRouter>;
    if (data?.appCode) {
      return new LoreboxError(data.appCode, message, {
        requestId: data.requestId,
        retryAfter: data.retryAfter,
        cause: error,
      });
    }
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return new LoreboxError('CONNECTION', `${baseUrl} could not be reached: ${describe(cause)}`, { cause: error });
}

/** Failures on several addresses at once have a code but no message. */
function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.message || ('code' in cause ? String(cause.code) : cause.name);
}
