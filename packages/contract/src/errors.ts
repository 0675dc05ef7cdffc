import { hidePlaces } from './hide-places.ts';

/**
 * Every error that a surface can return: code -> HTTP status, tRPC code, default message and next step for the user.
 * Codes are stable; clients branch on them. docs/errors.md is generated from it.
 */
export const ERROR_CODES = {
  BAD_REQUEST: {
    http: 400,
    trpc: 'BAD_REQUEST',
    message: 'The request is invalid.',
    remedy: 'Fix the field that the message names, then send the request again.',
  },
  UNAUTHENTICATED: {
    http: 401,
    trpc: 'UNAUTHORIZED',
    message: 'Authentication required. Sign in or send an API key.',
    remedy:
      'Send `Authorization: Bearer KEY`. If the key was revoked or the session has ended, create a new key or sign in again.',
  },
  INVALID_CREDENTIALS: {
    http: 401,
    trpc: 'UNAUTHORIZED',
    message: 'Wrong username or password.',
    remedy: 'Check both and try again. After ten failed attempts, wait for the time in `Retry-After`.',
  },
  KEY_EXPIRED: {
    http: 401,
    trpc: 'UNAUTHORIZED',
    message: 'This API key has expired.',
    remedy: 'Create a new key, or give this one a later `expiresAt`.',
  },
  FORBIDDEN: {
    http: 403,
    trpc: 'FORBIDDEN',
    message: "Your role or API key doesn't allow this.",
    remedy: 'Ask an admin for a higher role, or use a key with the required scope.',
  },
  NOT_FOUND: {
    http: 404,
    trpc: 'NOT_FOUND',
    message: "Not found, or you don't have access to it.",
    remedy: "Check the id. Make sure the user is a member of the workspace and the key isn't bound to a different one.",
  },
  METHOD_NOT_ALLOWED: {
    http: 405,
    trpc: 'METHOD_NOT_SUPPORTED',
    message: 'Method not allowed.',
    remedy: 'Use one of the methods in the `Allow` header.',
  },
  TIMEOUT: {
    http: 408,
    trpc: 'TIMEOUT',
    message: 'The request timed out.',
    remedy: 'Try again later, when the server is less busy.',
  },
  CONFLICT: {
    http: 409,
    trpc: 'CONFLICT',
    message: 'Conflicts with an existing resource.',
    remedy: 'The message names the conflict. Check the current state of the resource, then decide.',
  },
  ALREADY_SET_UP: {
    http: 409,
    trpc: 'CONFLICT',
    message: 'Setup is already complete: the first admin exists.',
    remedy: 'Sign in instead.',
  },
  TOO_LARGE: {
    http: 413,
    trpc: 'PAYLOAD_TOO_LARGE',
    message: 'The request exceeds the size limit of this server.',
    remedy:
      'Upload large files as multipart/form-data. An admin can raise `LOREBOX_MAX_UPLOAD_MB` and `LOREBOX_MAX_BODY_MB`.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    http: 415,
    trpc: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'Unsupported content type. Send multipart/form-data.',
    remedy: 'Set `Content-Type` to the type that the API reference lists for this operation.',
  },
  RANGE_NOT_SATISFIABLE: {
    http: 416,
    trpc: 'BAD_REQUEST',
    message: 'The range starts after the last byte.',
    remedy: 'Read the size from `Content-Range` and request a range within it.',
  },
  UNPROCESSABLE: {
    http: 422,
    trpc: 'UNPROCESSABLE_CONTENT',
    message: "The request is valid but can't be processed.",
    remedy: 'The message says why. Change the request before you send it again.',
  },
  CONTEXT_TOO_SMALL: {
    http: 422,
    trpc: 'UNPROCESSABLE_CONTENT',
    message: "Context window too small: the question doesn't fit.",
    remedy: 'Shorten the question, or raise `LOREBOX_CONTEXT_WINDOW`.',
  },
  URL_REFUSED: {
    http: 422,
    trpc: 'UNPROCESSABLE_CONTENT',
    message: "This URL isn't allowed.",
    remedy: 'Use a public URL. An admin can allow private hosts with `LOREBOX_FETCH_ALLOW`.',
  },
  SOURCE_REFUSED: {
    http: 422,
    trpc: 'UNPROCESSABLE_CONTENT',
    message: 'The source rejected the credentials.',
    remedy: 'Check the token, its permissions and the settings of the source. See docs/connectors.md.',
  },
  MODEL_NOT_FOUND: {
    http: 422,
    trpc: 'UNPROCESSABLE_CONTENT',
    message: "The model isn't installed.",
    remedy: 'Choose a model from `GET /v1/models`, or download it with `POST /v1/models/pull`.',
  },
  RATE_LIMITED: {
    http: 429,
    trpc: 'TOO_MANY_REQUESTS',
    message: 'Too many requests.',
    remedy: 'Wait for the time in `Retry-After`. The SDKs retry automatically.',
  },
  CANCELLED: {
    http: 499,
    trpc: 'CLIENT_CLOSED_REQUEST',
    message: 'The request was cancelled.',
    remedy: "No action needed, unless you didn't cancel it yourself.",
  },
  INTERNAL: {
    http: 500,
    trpc: 'INTERNAL_SERVER_ERROR',
    message: 'Internal error. Search the server log for this requestId.',
    remedy: 'If it happens again, report it with the matching log entry.',
  },
  ANSWER_INTERRUPTED: {
    http: 500,
    trpc: 'INTERNAL_SERVER_ERROR',
    message: 'The answer was interrupted by a server restart.',
    remedy: 'Ask again, or regenerate the message.',
  },
  MODEL_FAILED: {
    http: 502,
    trpc: 'BAD_GATEWAY',
    message: 'The model failed while generating the answer.',
    remedy: 'Try again. If it fails again, check the log of the model server.',
  },
  SOURCE_FAILED: {
    http: 502,
    trpc: 'BAD_GATEWAY',
    message: 'The source returned an unexpected response.',
    remedy: 'Try again later; syncs retry automatically. The message shows the request and the response.',
  },
  MODEL_UNREACHABLE: {
    http: 503,
    trpc: 'SERVICE_UNAVAILABLE',
    message: "Can't reach the model server.",
    remedy: 'Start the model server, or correct `LOREBOX_OLLAMA_URL` or `LOREBOX_OPENAI_URL`.',
  },
  RERANKER_FAILED: {
    http: 503,
    trpc: 'SERVICE_UNAVAILABLE',
    message: 'The reranker is unavailable.',
    remedy:
      'The message says what is missing. Until it is fixed, search returns results without reranking, with a notice.',
  },
  EMBEDDER_FAILED: {
    http: 503,
    trpc: 'SERVICE_UNAVAILABLE',
    message: 'The embedding model is unavailable.',
    remedy: 'Start the embedder that `LOREBOX_EMBEDDER` names. Waiting documents resume automatically.',
  },
  VECTOR_BACKEND_FAILED: {
    http: 503,
    trpc: 'SERVICE_UNAVAILABLE',
    message: 'The vector backend is unavailable.',
    remedy:
      'Start it, or correct `LOREBOX_VECTOR_URL`. Until then, search works without it, with a notice. It catches up automatically.',
  },
  SHUTTING_DOWN: {
    http: 503,
    trpc: 'SERVICE_UNAVAILABLE',
    message: 'The server is shutting down.',
    remedy: 'Try again in a few seconds.',
  },
  STORAGE_FULL: {
    http: 507,
    trpc: 'INTERNAL_SERVER_ERROR',
    message: "The server's disk is full.",
    remedy: 'Free up disk space. No accepted data was lost.',
  },
} as const satisfies Record<string, { http: number; trpc: string; message: string; remedy: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/**
 * Errors from services that an admin has configured. Their messages come from other programs and are shown to everyone
 * who asks a question.
 */
const OF_PROVIDERS: readonly ErrorCode[] = [
  'MODEL_NOT_FOUND',
  'MODEL_FAILED',
  'MODEL_UNREACHABLE',
  'CONTEXT_TOO_SMALL',
  'EMBEDDER_FAILED',
  'RERANKER_FAILED',
  'VECTOR_BACKEND_FAILED',
];

/** An invalid field: its path in the input, such as "scopes.0", and the problem. */
export interface FieldProblem {
  path: string;
  message: string;
}

const MARK = Symbol.for('lorebox.app-error');

/**
 * The one error type that crosses layers. `message` is shown to the user; addresses and paths are removed from provider
 * errors. `cause` is only logged.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Seconds until a retry makes sense. Sent as `Retry-After`. */
  readonly retryAfter: number | undefined;
  /** The invalid fields, if the input is invalid. */
  readonly fields: readonly FieldProblem[] | undefined;
  readonly [MARK] = true;

  constructor(
    code: ErrorCode,
    message?: string,
    options: { cause?: unknown; retryAfter?: number; fields?: readonly FieldProblem[] } = {},
  ) {
    const text = message ?? ERROR_CODES[code].message;
    super(
      OF_PROVIDERS.includes(code) ? hidePlaces(text) : text,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = 'AppError';
    this.code = code;
    this.retryAfter = options.retryAfter;
    this.fields = options.fields;
  }
}

/** Works across copies of this package, where `instanceof` does not. */
export function isAppError(error: unknown): error is AppError {
  return typeof error === 'object' && error !== null && MARK in error;
}
