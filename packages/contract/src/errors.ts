/**
 * Every error that a surface can answer with: code -> HTTP status, tRPC code, what a user reads when nothing more
 * precise is said. Codes are stable; clients branch on them.
 */
export const ERROR_CODES = {
  BAD_REQUEST: { http: 400, trpc: 'BAD_REQUEST', message: 'The request is not valid.' },
  UNAUTHENTICATED: { http: 401, trpc: 'UNAUTHORIZED', message: 'Sign in or send an API key.' },
  INVALID_CREDENTIALS: { http: 401, trpc: 'UNAUTHORIZED', message: 'Wrong user name or password.' },
  KEY_EXPIRED: { http: 401, trpc: 'UNAUTHORIZED', message: 'This API key has expired. Create a new one.' },
  FORBIDDEN: { http: 403, trpc: 'FORBIDDEN', message: 'Your role or key does not allow this.' },
  NOT_FOUND: { http: 404, trpc: 'NOT_FOUND', message: 'There is no such thing, or you may not see it.' },
  TIMEOUT: { http: 408, trpc: 'TIMEOUT', message: 'It took too long.' },
  CONFLICT: { http: 409, trpc: 'CONFLICT', message: 'It conflicts with something that exists.' },
  ALREADY_SET_UP: { http: 409, trpc: 'CONFLICT', message: 'This installation already has its first admin.' },
  TOO_LARGE: { http: 413, trpc: 'PAYLOAD_TOO_LARGE', message: 'It is larger than this server accepts.' },
  UNSUPPORTED_MEDIA_TYPE: { http: 415, trpc: 'UNSUPPORTED_MEDIA_TYPE', message: 'Send multipart/form-data.' },
  UNPROCESSABLE: { http: 422, trpc: 'UNPROCESSABLE_CONTENT', message: 'It is well-formed, but it can not be done.' },
  CONTEXT_TOO_SMALL: {
    http: 422,
    trpc: 'UNPROCESSABLE_CONTENT',
    message: "The question does not fit into the model's context window.",
  },
  URL_REFUSED: { http: 422, trpc: 'UNPROCESSABLE_CONTENT', message: 'This address may not be fetched.' },
  RATE_LIMITED: { http: 429, trpc: 'TOO_MANY_REQUESTS', message: 'Too many requests. Wait a little.' },
  CANCELLED: { http: 499, trpc: 'CLIENT_CLOSED_REQUEST', message: 'It was cancelled.' },
  INTERNAL: { http: 500, trpc: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong on the server.' },
  ANSWER_INTERRUPTED: {
    http: 500,
    trpc: 'INTERNAL_SERVER_ERROR',
    message: 'The server restarted while it was answering. Ask again.',
  },
  MODEL_FAILED: { http: 502, trpc: 'BAD_GATEWAY', message: 'The model failed while it was answering.' },
  MODEL_NOT_FOUND: { http: 422, trpc: 'UNPROCESSABLE_CONTENT', message: 'The model is not installed.' },
  MODEL_UNREACHABLE: { http: 503, trpc: 'SERVICE_UNAVAILABLE', message: 'The model server does not answer.' },
  EMBEDDER_FAILED: { http: 503, trpc: 'SERVICE_UNAVAILABLE', message: 'The embedding model does not answer.' },
  STORAGE_FULL: { http: 507, trpc: 'INTERNAL_SERVER_ERROR', message: 'The disk of the server is full.' },
  SHUTTING_DOWN: { http: 503, trpc: 'SERVICE_UNAVAILABLE', message: 'The server is stopping. Try again shortly.' },
} as const satisfies Record<string, { http: number; trpc: string; message: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

const MARK = Symbol.for('lorebox.app-error');

/** The one error that crosses layers. `message` is shown to the user; `cause` goes to the log alone. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Seconds until a retry makes sense; becomes `Retry-After`. */
  readonly retryAfter: number | undefined;
  readonly [MARK] = true;

  constructor(code: ErrorCode, message?: string, options: { cause?: unknown; retryAfter?: number } = {}) {
    super(message ?? ERROR_CODES[code].message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.retryAfter = options.retryAfter;
  }
}

/** Works across copies of this package, where `instanceof` does not. */
export function isAppError(error: unknown): error is AppError {
  return typeof error === 'object' && error !== null && MARK in error;
}
