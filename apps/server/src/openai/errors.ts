import { AppError, ERROR_CODES, type ErrorCode } from '@lorebox/contract/errors';

export interface ErrorBody {
  error: { message: string; type: string; param: string | null; code: string };
}

/** An error with the additional fields of OpenAI errors. */
export class OpenAiError extends AppError {
  /** The invalid field. */
  readonly param: string | null;
  /** OpenAI error code if none of ours matches. */
  readonly apiCode: string | null;

  constructor(code: ErrorCode, message: string, { param = null, apiCode = null }: Partial<ErrorDetails> = {}) {
    super(code, message);
    this.param = param;
    this.apiCode = apiCode;
  }
}

const MAX_MODELS_IN_MESSAGE = 20;

type ErrorDetails = Pick<OpenAiError, 'param' | 'apiCode'>;

/** Codes for which OpenAI clients expect a different status or code than ours. */
const TRANSLATED: Partial<Record<ErrorCode, { status?: number; code: string }>> = {
  UNAUTHENTICATED: { code: 'invalid_api_key' },
  INVALID_CREDENTIALS: { code: 'invalid_api_key' },
  KEY_EXPIRED: { code: 'invalid_api_key' },
  FORBIDDEN: { code: 'insufficient_permissions' },
  BAD_REQUEST: { code: 'invalid_request' },
  CONTEXT_TOO_SMALL: { status: 400, code: 'context_length_exceeded' },
  RATE_LIMITED: { code: 'rate_limit_exceeded' },
  // In OpenAI's API this is the requested model, not a model behind the server.
  MODEL_NOT_FOUND: { status: 404, code: 'model_not_found' },
};

/** Converts an error to the OpenAI format, with the HTTP status. */
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

/** `known` lists the models available to the caller, if the caller may list them. */
export function noSuchModel(model: string, known: readonly string[]): OpenAiError {
  const listed = known.slice(0, MAX_MODELS_IN_MESSAGE).join(', ');
  const more = known.length > MAX_MODELS_IN_MESSAGE ? ` and ${known.length - MAX_MODELS_IN_MESSAGE} more` : '';
  const hint = known.length > 0 ? ` Available models: ${listed}${more}.` : '';
  const message = `The model "${model}" does not exist, or you don't have access to it.${hint}`;
  return new OpenAiError('NOT_FOUND', message, { param: 'model', apiCode: 'model_not_found' });
}
