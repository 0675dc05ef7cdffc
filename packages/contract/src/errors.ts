import { hidePlaces } from './hide-places.ts';

/**
 * Every error that a surface can answer with: code -> HTTP status, tRPC code, what a user reads when nothing more
 * precise is said, and what they can do. Codes are stable; clients branch on them. docs/errors.md is made from it.
 */
export const ERROR_CODES = {
  BAD_REQUEST: {
    http: 400,
    trpc: 'BAD_REQUEST',
    message: 'The request is not valid.',
    remedy: 'The message names the field that is wrong. Send it as the document has it.',
  },
  UNAUTHENTICATED: {
    http: 401,
    trpc: 'UNAUTHORIZED',
    message: 'Sign in or send an API key.',
    remedy: 'Send `Authorization: Bearer KEY`. A key that was revoked, or a session that ended, has to be replaced.',
  },
  INVALID_CREDENTIALS: {
    http: 401,
    trpc: 'UNAUTHORIZED',
    message: 'Wrong user name or password.',
    remedy: 'Try again; after ten wrong tries wait as long as `Retry-After` says.',
  },
  KEY_EXPIRED: {
    http: 401,
    trpc: 'UNAUTHORIZED',
    message: 'This API key has expired. Create a new one.',
    remedy: 'Create a key, or give this one a later `expiresAt`.',
  },
  FORBIDDEN: {
    http: 403,
    trpc: 'FORBIDDEN',
    message: 'Your role or key does not allow this.',
    remedy: 'Ask an admin for the role, or use a key with the scope that the document names.',
  },
  NOT_FOUND: {
    http: 404,
    trpc: 'NOT_FOUND',
    message: 'There is no such thing, or you may not see it.',
    remedy: 'Check the id, and whether the user is a member of the workspace or the key is bound to another one.',
  },
  METHOD_NOT_ALLOWED: {
    http: 405,
    trpc: 'METHOD_NOT_SUPPORTED',
    message: 'This path has no such method.',
    remedy: 'The header `Allow` lists the methods that it has.',
  },
  TIMEOUT: {
    http: 408,
    trpc: 'TIMEOUT',
    message: 'It took too long.',
    remedy: 'Try again; it may be less busy then.',
  },
  CONFLICT: {
    http: 409,
    trpc: 'CONFLICT',
    message: 'It conflicts with something that exists.',
    remedy: 'The message says with what. Read its state and decide.',
  },
  ALREADY_SET_UP: {
    http: 409,
    trpc: 'CONFLICT',
    message: 'This installation already has its first admin.',
    remedy: 'Sign in instead.',
  },
  TOO_LARGE: {
    http: 413,
    trpc: 'PAYLOAD_TOO_LARGE',
    message: 'It is larger than this server accepts.',
    remedy: 'Upload files as files; an admin can raise `LOREBOX_MAX_UPLOAD_MB` and `LOREBOX_MAX_BODY_MB`.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    http: 415,
    trpc: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'Send multipart/form-data.',
    remedy: 'Set `Content-Type` to what the document names.',
  },
  RANGE_NOT_SATISFIABLE: {
    http: 416,
    trpc: 'BAD_REQUEST',
    message: 'The range begins after the last byte.',
    remedy: '`Content-Range` says how many bytes there are.',
  },
  UNPROCESSABLE: {
    http: 422,
    trpc: 'UNPROCESSABLE_CONTENT',
    message: 'It is well-formed, but it can not be done.',
    remedy: 'The message says why. The same request will fail again.',
  },
  CONTEXT_TOO_SMALL: {
    http: 422,
    trpc: 'UNPROCESSABLE_CONTENT',
    message: "The question does not fit into the model's context window.",
    remedy: 'Ask something shorter, or raise `LOREBOX_CONTEXT_WINDOW`.',
  },
  URL_REFUSED: {
    http: 422,
    trpc: 'UNPROCESSABLE_CONTENT',
    message: 'This address may not be fetched.',
    remedy: 'Use an address of the open internet; an admin can allow private hosts with `LOREBOX_FETCH_ALLOW`.',
  },
  SOURCE_REFUSED: {
    http: 422,
    trpc: 'UNPROCESSABLE_CONTENT',
    message: 'The source does not let us in.',
    remedy: 'The message says what is missing: a token, a right, a setting. docs/connectors.md says how to make it.',
  },
  MODEL_NOT_FOUND: {
    http: 422,
    trpc: 'UNPROCESSABLE_CONTENT',
    message: 'The model is not installed.',
    remedy: 'Name one of `GET /v1/models`, or fetch it: `POST /v1/models/pull`.',
  },
  RATE_LIMITED: {
    http: 429,
    trpc: 'TOO_MANY_REQUESTS',
    message: 'Too many requests. Wait a little.',
    remedy: 'Wait as long as `Retry-After` says. The SDKs do so by themselves.',
  },
  CANCELLED: {
    http: 499,
    trpc: 'CLIENT_CLOSED_REQUEST',
    message: 'It was cancelled.',
    remedy: 'Nothing, unless somebody else cancelled it.',
  },
  INTERNAL: {
    http: 500,
    trpc: 'INTERNAL_SERVER_ERROR',
    message: 'Something went wrong on the server.',
    remedy: "The server's log has the line of the `requestId`.",
  },
  ANSWER_INTERRUPTED: {
    http: 500,
    trpc: 'INTERNAL_SERVER_ERROR',
    message: 'The server restarted while it was answering. Ask again.',
    remedy: 'Ask again, or regenerate the message.',
  },
  MODEL_FAILED: {
    http: 502,
    trpc: 'BAD_GATEWAY',
    message: 'The model failed while it was answering.',
    remedy: 'Try again; the log of the model server says why it failed.',
  },
  SOURCE_FAILED: {
    http: 502,
    trpc: 'BAD_GATEWAY',
    message: 'The source did not answer as it should.',
    remedy: 'Try again later; a sync does so by itself. The message says what was asked and what came back.',
  },
  MODEL_UNREACHABLE: {
    http: 503,
    trpc: 'SERVICE_UNAVAILABLE',
    message: 'The model server does not answer.',
    remedy: 'Start it, or correct `LOREBOX_OLLAMA_URL` or `LOREBOX_OPENAI_URL`.',
  },
  RERANKER_FAILED: {
    http: 503,
    trpc: 'SERVICE_UNAVAILABLE',
    message: 'The reranker does not answer.',
    remedy: 'Searches go on without it and say so. The message names what is missing.',
  },
  EMBEDDER_FAILED: {
    http: 503,
    trpc: 'SERVICE_UNAVAILABLE',
    message: 'The embedding model does not answer.',
    remedy: 'Start what `LOREBOX_EMBEDDER` names; ingests that wait go on by themselves.',
  },
  VECTOR_BACKEND_FAILED: {
    http: 503,
    trpc: 'SERVICE_UNAVAILABLE',
    message: 'The vector backend does not answer.',
    remedy: 'Searches go on without it and say so. Start it, or correct `LOREBOX_VECTOR_URL`; it catches up by itself.',
  },
  SHUTTING_DOWN: {
    http: 503,
    trpc: 'SERVICE_UNAVAILABLE',
    message: 'The server is stopping. Try again shortly.',
    remedy: 'Try again in some seconds.',
  },
  STORAGE_FULL: {
    http: 507,
    trpc: 'INTERNAL_SERVER_ERROR',
    message: 'The disk of the server is full.',
    remedy: 'Free some space. Nothing that was accepted is lost.',
  },
} as const satisfies Record<string, { http: number; trpc: string; message: string; remedy: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Errors of what an admin has set up; their texts come from other programs and are shown to everybody who asks a question. */
const OF_PROVIDERS: readonly ErrorCode[] = [
  'MODEL_NOT_FOUND',
  'MODEL_FAILED',
  'MODEL_UNREACHABLE',
  'CONTEXT_TOO_SMALL',
  'EMBEDDER_FAILED',
  'RERANKER_FAILED',
  'VECTOR_BACKEND_FAILED',
];

const MARK = Symbol.for('lorebox.app-error');

/**
 * The one error that crosses layers. `message` is shown to the user, for errors of providers without addresses and paths;
 * `cause` goes to the log alone.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Seconds until a retry makes sense; becomes `Retry-After`. */
  readonly retryAfter: number | undefined;
  readonly [MARK] = true;

  constructor(code: ErrorCode, message?: string, options: { cause?: unknown; retryAfter?: number } = {}) {
    const text = message ?? ERROR_CODES[code].message;
    super(
      OF_PROVIDERS.includes(code) ? hidePlaces(text) : text,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = 'AppError';
    this.code = code;
    this.retryAfter = options.retryAfter;
  }
}

/** Works across copies of this package, where `instanceof` does not. */
export function isAppError(error: unknown): error is AppError {
  return typeof error === 'object' && error !== null && MARK in error;
}
