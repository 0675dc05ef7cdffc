import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { AppError } from '@lorebox/contract/errors';
import { type OpenAiCall, toOpenAiError } from './openai-error.ts';
import { collectParts, PartBlocks, type StreamPart, toPartStream } from './part-stream.ts';
import { patientFetch } from './patient-fetch.ts';

export interface OpenAiModelOptions {
  /** Includes the version: "http://127.0.0.1:8080/v1". */
  baseUrl: string;
  apiKey?: string | undefined;
  name: string;
}

/**
 * A chat model of any OpenAI-compatible server. Wraps the SDK's provider: no five-minute timeout, errors with
 * instructions, thinking tags removed from the text, and cancelling the stream reaches the server.
 */
export function createOpenAiModel({ baseUrl, apiKey, name }: OpenAiModelOptions): LanguageModelV4 {
  const provider = createOpenAICompatible({
    name: 'openai',
    baseURL: baseUrl,
    apiKey,
    includeUsage: true,
    fetch: patientFetch,
  });
  const inner = provider.chatModel(name);

  async function doStream(options: LanguageModelV4CallOptions) {
    const left = new AbortController();
    const signal = options.abortSignal ? AbortSignal.any([options.abortSignal, left.signal]) : left.signal;
    const call: OpenAiCall = { baseUrl, model: name, signal };
    try {
      const { stream, ...rest } = await inner.doStream({ ...options, abortSignal: signal });
      return { ...rest, stream: toPartStream(rewrite(stream, call), () => left.abort()) };
    } catch (error) {
      throw toOpenAiError(error, call);
    }
  }
  return {
    specificationVersion: 'v4',
    provider: 'openai',
    modelId: name,
    supportedUrls: inner.supportedUrls,
    doStream,
    async doGenerate(options) {
      const { stream, ...rest } = await doStream(options);
      return { ...(await collectParts(stream)), request: rest.request };
    },
  };
}

async function* rewrite(stream: ReadableStream<StreamPart>, call: OpenAiCall): AsyncGenerator<StreamPart> {
  const blocks = new PartBlocks();
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
          yield* blocks.close();
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
