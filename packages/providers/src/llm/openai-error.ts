import { APICallError } from '@ai-sdk/provider';
import { AppError, isAppError } from '@lorebox/contract/errors';
import { describeNetworkError, isUnreachable } from './network-error.ts';

export interface OpenAiCall {
  baseUrl: string;
  model?: string;
  signal?: AbortSignal | undefined;
  /** Whether the answer had started. */
  hasBegun?: boolean;
}

/** Converts an error of an OpenAI-compatible server to an AppError with instructions. Aborts are returned unchanged. */
export function toOpenAiError(error: unknown, call: OpenAiCall): unknown {
  if (call.signal?.aborted) return call.signal.reason;
  if (isAppError(error)) return error;
  // The address of the server is checked when a connection opens.
  if (error instanceof Error && isAppError(error.cause)) return error.cause;
  if (APICallError.isInstance(error) && (error.statusCode ?? 0) >= 400) {
    return refusal(error.statusCode ?? 0, error.message, call, error);
  }
  if (isUnreachable(error)) {
    const message =
      "Can't reach the model server. Start it, or correct its URL in the administration or LOREBOX_OPENAI_URL.";
    return new AppError('MODEL_UNREACHABLE', message, { cause: error });
  }
  if (call.hasBegun) {
    const message = `The model server stopped in the middle of the answer (${describeNetworkError(error)}). Ask again.`;
    return new AppError('MODEL_FAILED', message, { cause: error });
  }
  const message = `The model server failed: ${describeNetworkError(error).slice(0, 500)}`;
  return new AppError('MODEL_FAILED', message, { cause: error });
}

export function refusal(status: number, reason: string, call: OpenAiCall, cause?: unknown): AppError {
  const { model } = call;
  if (status === 401 || status === 403) {
    const message = `The model server rejected the API key (${status}). Check it in the administration or LOREBOX_OPENAI_API_KEY.`;
    return new AppError('MODEL_FAILED', message, { cause });
  }
  if (status === 404) {
    const message = model
      ? `The model server has no model "${model}". List the available models with \`lorebox models\`.`
      : 'No OpenAI-compatible server at this URL. It usually ends with /v1. Correct it in the administration or LOREBOX_OPENAI_URL.';
    return new AppError('MODEL_NOT_FOUND', message, { cause });
  }
  if (status === 429) {
    return new AppError('MODEL_UNREACHABLE', `The model server is rate limiting requests: ${reason}`, {
      cause,
      retryAfter: 10,
    });
  }
  if (status === 400 && /context|too long|maximum.*tokens/i.test(reason)) {
    return new AppError('CONTEXT_TOO_SMALL', `Context window too small: the prompt exceeds it. ${reason}`, { cause });
  }
  return new AppError('MODEL_FAILED', `The model server failed (${status}): ${reason.slice(0, 500)}`, { cause });
}
