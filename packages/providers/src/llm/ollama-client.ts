import { AppError, isAppError } from '@lorebox/contract/errors';
import { Ollama } from 'ollama';
import { describeNetworkError, isUnreachable } from './network-error.ts';
import { patientFetch } from './patient-fetch.ts';

export interface OllamaCall {
  baseUrl: string;
  /** The requested model, for error messages. */
  model?: string;
  signal?: AbortSignal | undefined;
  fetch?: typeof fetch;
}

/**
 * Returns the official client for one call: its requests end with `signal`, have no timeout, and fail with an AppError
 * with instructions. (The client itself can abort only streams, and only after their headers arrived.)
 */
export function createOllamaClient(call: OllamaCall): Ollama {
  const send = call.fetch ?? patientFetch;
  return new Ollama({
    host: call.baseUrl,
    fetch: async (input, init) => {
      const response = await send(input, { ...init, signal: call.signal ?? null }).catch((error: unknown) => {
        throw toOllamaError(error, call);
      });
      if (!response.ok) throw await refusalOf(response, call);
      return response;
    },
  });
}

/** Converts an error before or during an answer to an AppError. Aborts are returned unchanged. */
export function toOllamaError(error: unknown, { signal }: OllamaCall): unknown {
  if (isAppError(error) || signal?.aborted) return error;
  if (isUnreachable(error)) {
    const message = 'Ollama is not running. Start it with `ollama serve`, or correct LOREBOX_OLLAMA_URL.';
    return new AppError('MODEL_UNREACHABLE', message, { cause: error });
  }
  const reason = describeNetworkError(error);
  const message = `Ollama closed the connection before it responded (${reason}). Check its log; the model often needs more memory than is available.`;
  return new AppError('MODEL_FAILED', message, { cause: error });
}

async function refusalOf(response: Response, { model }: OllamaCall): Promise<AppError> {
  const reason = await readReason(response);
  const { status } = response;
  if (status === 404 && model) {
    return new AppError(
      'MODEL_NOT_FOUND',
      `Ollama has no model "${model}". Download it with \`ollama pull ${model}\` or \`lorebox models pull ollama:${model}\`.`,
    );
  }
  if (status === 404) return new AppError('MODEL_UNREACHABLE', 'The server at LOREBOX_OLLAMA_URL is not Ollama.');
  if (/exceeds? the (available )?context/i.test(reason)) {
    const message = 'Context window too small: the prompt exceeds the context window that the model was loaded with.';
    return new AppError('CONTEXT_TOO_SMALL', `${message} Raise LOREBOX_CONTEXT_WINDOW or shorten the prompt.`);
  }
  if (status === 429 || status === 503) {
    return new AppError('MODEL_UNREACHABLE', `Ollama is busy: ${reason}`, { retryAfter: 5 });
  }
  return new AppError('MODEL_FAILED', `Ollama failed: ${reason}`);
}

async function readReason(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    if (typeof error === 'string' && error !== '') return error.slice(0, 500);
  } catch {}
  return text.slice(0, 200) || `status ${response.status}`;
}
