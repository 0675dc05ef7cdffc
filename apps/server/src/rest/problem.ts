import { type AppError, ERROR_CODES } from '@lorebox/contract/errors';
import type { Problem } from '@lorebox/openapi';
import { ZodError } from 'zod';

/** An error as REST clients get it. `code` is the one of the table in contract, stable. */
export function toProblem(error: AppError, requestId: string | null, cause?: unknown): Problem {
  const { http, message } = ERROR_CODES[error.code];
  return {
    type: 'about:blank',
    title: message,
    status: http,
    detail: error.message,
    code: error.code,
    requestId,
    ...(cause instanceof ZodError && {
      errors: cause.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
    }),
    ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
  };
}
