import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { AppError } from '@lorebox/contract/errors';
import { type OpenAiCall, toOpenAiError } from './openai-error.ts';
import { createOpenAiAdapter } from './openai-request.ts';
import { collectParts, PartBlocks, type StreamPart, type ThoughtMemory, toPartStream } from './part-stream.ts';
import { type ModelNetwork, OPEN_NETWORK } from './patient-fetch.ts';

export interface OpenAiModelOptions {
  /** Includes the version: "http://127.0.0.1:8080/v1". */
  baseUrl: string;
  apiKey?: string | undefined;
  name: string;
  network?: ModelNetwork | undefined;
  /** Whether the chat template opens a thinking tag in the prompt. */
  opensThought?: boolean;
}

/**
 * A chat model of any OpenAI-compatible server. Wraps the SDK's provider: no five-minute timeout, errors with
 * instructions, thinking tags removed from the text, and cancelling the stream reaches the server.
 */
export function createOpenAiModel(options: OpenAiModelOptions): LanguageModelV4 {
  const { baseUrl, apiKey, name } = options;
  const memory: ThoughtMemory = { opensThought: options.opensThought ?? false };
  const provider = createOpenAICompatible({
    name: 'openai',
    baseURL: baseUrl,
    apiKey,
    includeUsage: true,
    ...createOpenAiAdapter(baseUrl, (options.network ?? OPEN_NETWORK).patient),
  });
  const inner = provider.chatModel(name);

  async function doStream(call: LanguageModelV4CallOptions) {
    const left = new AbortController();
    const signal = call.abortSignal ? AbortSignal.any([call.abortSignal, left.signal]) : left.signal;
    const request: OpenAiCall = { baseUrl, model: name, signal };
    try {
      const { stream, ...rest } = await inner.doStream({ ...call, abortSignal: signal });
      return { ...rest, stream: toPartStream(rewrite(stream, request, memory), () => left.abort()) };
    } catch (error) {
      throw toOpenAiError(error, request);
    }
  }
  return {
    specificationVersion: 'v4',
    provider: 'openai',
    modelId: name,
    supportedUrls: inner.supportedUrls,
    doStream,
    async doGenerate(call) {
      const { stream, ...rest } = await doStream(call);
      return { ...(await collectParts(stream)), request: rest.request };
    },
  };
}

async function* rewrite(
  stream: ReadableStream<StreamPart>,
  call: OpenAiCall,
  memory: ThoughtMemory,
): AsyncGenerator<StreamPart> {
  const blocks = new PartBlocks(memory);
  const begun = { ...call, hasBegun: true };
  try {
    for await (const part of stream) {
      switch (part.type) {
        case 'text-delta':
          yield* blocks.content(part.delta);
          break;
        case 'reasoning-delta':
          yield* blocks.reasoning(part.delta);
          break;
        case 'text-start':
        case 'text-end':
        case 'reasoning-start':
        case 'reasoning-end':
          break;
        case 'error':
          throw toReportedError(part.error, begun);
        case 'tool-input-start':
        case 'tool-call':
        case 'finish':
          yield* blocks.close(part.type === 'finish' && part.finishReason.unified === 'stop');
          yield part;
          break;
        default:
          yield part;
      }
    }
  } catch (error) {
    throw toOpenAiError(error, begun);
  }
}

/** Error events contain `{message}`. The SDK reports a stream without a finish reason as invalid data. */
function toReportedError(error: unknown, call: OpenAiCall): unknown {
  if (error instanceof Error) return toOpenAiError(error, call);
  const reason = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return new AppError(
    'MODEL_FAILED',
    `The model server failed in the middle of the answer: ${String(reason).slice(0, 500)}`,
  );
}
