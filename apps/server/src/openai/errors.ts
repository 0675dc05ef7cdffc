import { AppError, ERROR_CODES, type ErrorCode } from '@lorebox/contract/errors';

export interface ErrorBody {
  error: { message: string; type: string; param: string | null; code: string };
}

/** An error that knows what OpenAI's clients read besides the message. */
export class OpenAiError extends AppError {
  /** The field that is wrong. */
  readonly param: string | null;
  /** OpenAI's code, where ours has no counterpart. */
  readonly apiCode: string | null;

  constructor(code: ErrorCode, message: string, { param = null, apiCode = null }: Partial<ErrorDetails> = {}) {
    super(code, message);
    this.param = param;
    this.apiCode = apiCode;
  }
}

const MAX_MODELS_IN_MESSAGE = 20;

type ErrorDetails = Pick<OpenAiError, 'param' | 'apiCode'>;

/** Where OpenAI's clients expect another status or code than the table gives. */
const TRANSLATED: Partial<Record<ErrorCode, { status?: number; code: string }>> = {
  UNAUTHENTICATED: { code: 'invalid_api_key' },
  INVALID_CREDENTIALS: { code: 'invalid_api_key' },
  KEY_EXPIRED: { code: 'invalid_api_key' },
  FORBIDDEN: { code: 'insufficient_permissions' },
  BAD_REQUEST: { code: 'invalid_request' },
  CONTEXT_TOO_SMALL: { status: 400, code: 'context_length_exceeded' },
  RATE_LIMITED: { code: 'rate_limit_exceeded' },
  // Theirs is the one model that was asked for, not one behind the server.
  MODEL_NOT_FOUND: { status: 404, code: 'model_not_found' },
};

/** An error as OpenAI's clients get it, with the status to send. */
export function toOpenAiError(error: AppError): { status: number; body: ErrorBody } {
  const translated = TRANSLATED[error.code];
  const status = translated?.status ?? ERROR_CODES[error.code].http;
  const { param, apiCode } = error instanceof OpenAiError ? error : { param: null, apiCode: null };
  const code = apiCode ?? translated?.code ?? error.code.toLowerCase();
  return { status, body: { error: { message: error.message, type: typeOf(status), param, code } } };
}

function typeOf(status: number): string {
  if (status >= 500) return 'server_error';
  return status === 429 ? 'rate_limit_error' : 'invalid_request_error';
}

export function badRequest(message: string, param: string | null = null): OpenAiError {
  return new OpenAiError('BAD_REQUEST', message, { param });
}

/** `known` are those that the caller may use, as far as they may list them. */
export function noSuchModel(model: string, known: readonly string[]): OpenAiError {
  const listed = known.slice(0, MAX_MODELS_IN_MESSAGE).join(', ');
  const more = known.length > MAX_MODELS_IN_MESSAGE ? ` and ${known.length - MAX_MODELS_IN_MESSAGE} more` : '';
  const hint = known.length > 0 ? ` Available models: ${listed}${more}.` : '';
  const message = `The model "${model}" does not exist, or you don't have access to it.${hint}`;
  return new OpenAiError('NOT_FOUND', message, { param: 'model', apiCode: 'model_not_found' });
}
