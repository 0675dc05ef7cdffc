import type { Usage } from '@lorebox/contract/chat';
import { AppError, isAppError } from '@lorebox/contract/errors';
import type { ChatModel, LanguageModel } from '@lorebox/ports/chat-model';

/** What a model is asked, with everything that its port takes. */
export type ModelCall = Omit<Parameters<LanguageModel['doStream']>[0], 'abortSignal'>;

export type ModelPart =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  /** Only of callers that pass tools along. */
  | { type: 'tool-call'; toolCallId: string; name: string; input: string }
  | { type: 'finish'; reason: 'stop' | 'length' | 'refused' | 'tool-calls' | 'other'; usage: Usage | null };

type StreamPart = Awaited<ReturnType<LanguageModel['doStream']>>['stream'] extends ReadableStream<infer P> ? P : never;

/** Streams a language model, part by part. Its stream ending without a finish part is an error, not an answer. */
export async function* streamModel(
  { model }: ChatModel & { kind: 'language-model' },
  call: ModelCall,
  signal: AbortSignal,
): AsyncGenerator<ModelPart> {
  let hasFinished = false;
  try {
    const { stream } = await model.doStream({ ...call, abortSignal: signal });
    for await (const part of readAll(stream)) {
      const translated = translate(part);
      if (translated?.type === 'finish') hasFinished = true;
      if (translated) yield translated;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (isAppError(error)) throw error;
    throw new AppError('MODEL_FAILED', messageOf(error), { cause: error });
  }
  signal.throwIfAborted();
  if (!hasFinished) throw new AppError('MODEL_FAILED', 'The model stopped in the middle of the answer. Ask again.');
}

function translate(part: StreamPart): ModelPart | null {
  switch (part.type) {
    case 'text-delta':
      return { type: 'text', text: part.delta };
    case 'reasoning-delta':
      return { type: 'reasoning', text: part.delta };
    case 'tool-call': {
      const { toolCallId, toolName: name, input } = part;
      return { type: 'tool-call', toolCallId, name, input };
    }
    case 'finish': {
      const { unified } = part.finishReason;
      const reason = unified === 'stop' || unified === 'length' || unified === 'tool-calls' ? unified : 'other';
      const { inputTokens, outputTokens } = part.usage;
      const isKnown = inputTokens.total !== undefined && outputTokens.total !== undefined;
      const usage = isKnown ? { inputTokens: inputTokens.total ?? 0, outputTokens: outputTokens.total ?? 0 } : null;
      return { type: 'finish', reason, usage };
    }
    case 'error':
      throw part.error;
    default:
      return null;
  }
}

/** Cancels the stream when the reader leaves: Node's own iterator does it, browsers' do not yet. */
async function* readAll<T>(stream: ReadableStream<T>): AsyncGenerator<T> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `The model failed: ${message.slice(0, 500)}`;
}
