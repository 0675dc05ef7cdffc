import { listFields } from '@lorebox/api/trpc';
import { type AppError, ERROR_CODES } from '@lorebox/contract/errors';
import type { Problem } from '@lorebox/openapi';

/** Formats an error as problem details. `code` is the stable code from the table in contract. */
export function toProblem(error: AppError, requestId: string | null, cause?: unknown): Problem {
  const { http, message } = ERROR_CODES[error.code];
  const fields = listFields(cause ?? error);
  return {
    type: `/errors/${error.code}`,
    title: message,
    status: http,
    detail: error.message,
    code: error.code,
    requestId,
    ...(fields.length > 0 && { errors: fields }),
    ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
  };
}
