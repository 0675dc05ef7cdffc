import { randomUUID } from 'node:crypto';
import type { LanguageModelV4, LanguageModelV4CallOptions, SharedV4Warning } from '@ai-sdk/provider';
import { AppError, isAppError } from '@lorebox/contract/errors';
import type { ChatRequest, ChatResponse } from 'ollama';
import { createOllamaClient, type OllamaCall } from './ollama-client.ts';
import { toOllamaMessages, toOllamaTools } from './ollama-prompt.ts';
import { collectParts, PartBlocks, type StreamPart, type ThoughtMemory, toPartStream, toUsage } from './part-stream.ts';

export interface OllamaModelOptions {
  baseUrl: string;
  /** Ollama's name: "llama3.2:latest". */
  name: string;
  /** Duration ("30m"), or seconds as a number. Ollama rejects a string without a unit. */
  keepAlive: string | number;
  /** The window that the model is loaded with. Constant, because another size makes Ollama reload the model. */
  numCtx: number;
  canThink: boolean;
  canUseTools: boolean;
  /** Whether the chat template opens a thinking tag in the prompt. */
  opensThought?: boolean;
  /** gpt-oss accepts levels instead of on and off. */
  family?: string;
}

/** Newer than the client's types. Older servers ignore these fields. */
type OllamaChatRequest = ChatRequest & { stream: true; truncate: boolean };
type OllamaChatResponse = ChatResponse & { message: { tool_calls?: { id?: string }[] } };

/**
 * An Ollama chat model, using Ollama's own API: the OpenAI-compatible one has no `num_ctx` and truncates prompts
 * silently.
 */
export function createOllamaModel(options: OllamaModelOptions): LanguageModelV4 {
  const memory: ThoughtMemory = { opensThought: options.opensThought ?? false };

  async function doStream(call: LanguageModelV4CallOptions) {
    const request = toRequest(options, call);
    const left = new AbortController();
    const signal = call.abortSignal ? AbortSignal.any([call.abortSignal, left.signal]) : left.signal;
    const about: OllamaCall = { baseUrl: options.baseUrl, model: options.name, signal };
    const answer = await createOllamaClient(about).chat(request);
    const parts = readAnswer(
      answer as AsyncIterable<OllamaChatResponse>,
      options,
      { blocks: new PartBlocks(memory), warnings: warningsOf(options, call) },
      signal,
    );
    return { stream: toPartStream(parts, () => left.abort()), request: { body: request } };
  }
  return {
    specificationVersion: 'v4',
    provider: 'ollama',
    modelId: options.name,
    supportedUrls: {},
    doStream,
    async doGenerate(call) {
      const { stream, request } = await doStream(call);
      return { ...(await collectParts(stream)), request };
    },
  };
}

function toRequest(options: OllamaModelOptions, call: LanguageModelV4CallOptions): OllamaChatRequest {
  const tools = options.canUseTools ? toOllamaTools(call) : [];
  const { responseFormat } = call;
  return {
    model: options.name,
    messages: toOllamaMessages(call.prompt),
    stream: true,
    keep_alive: options.keepAlive,
    // The prompt fits the window. A server that would truncate it anyway reports an error.
    truncate: false,
    ...thinkOf(call.reasoning, options),
    ...(tools.length > 0 && { tools }),
    ...(responseFormat?.type === 'json' && { format: responseFormat.schema ?? 'json' }),
    options: withoutUndefined({
      num_ctx: options.numCtx,
      num_predict: call.maxOutputTokens,
      temperature: call.temperature,
      top_p: call.topP,
      top_k: call.topK,
      seed: call.seed,
      stop: call.stopSequences,
      presence_penalty: call.presencePenalty,
      frequency_penalty: call.frequencyPenalty,
    }),
  };
}

/** Without the field, the model thinks as it does by itself. */
function thinkOf(
  reasoning: LanguageModelV4CallOptions['reasoning'],
  { canThink, family }: OllamaModelOptions,
): Pick<ChatRequest, 'think'> {
  if (!canThink || reasoning === undefined || reasoning === 'provider-default') return {};
  if (family !== 'gptoss') return { think: reasoning !== 'none' };
  // gpt-oss can't stop thinking, and ignores on and off.
  if (reasoning === 'none' || reasoning === 'minimal' || reasoning === 'low') return { think: 'low' };
  return { think: reasoning === 'medium' ? 'medium' : 'high' };
}

function warningsOf(options: OllamaModelOptions, call: LanguageModelV4CallOptions): SharedV4Warning[] {
  const hasTools = (call.tools?.length ?? 0) > 0;
  if (options.canUseTools || !hasTools) return [];
  return [{ type: 'unsupported', feature: 'tools', details: `${options.name} doesn't support tool calls.` }];
}

async function* readAnswer(
  answer: AsyncIterable<OllamaChatResponse>,
  { name, numCtx }: OllamaModelOptions,
  { blocks, warnings }: { blocks: PartBlocks; warnings: SharedV4Warning[] },
  signal: AbortSignal,
): AsyncGenerator<StreamPart> {
  let hasCalls = false;
  yield { type: 'stream-start', warnings };
  try {
    for await (const { message, ...line } of answer) {
      yield* blocks.reasoning(message?.thinking ?? '');
      yield* blocks.content(message?.content ?? '');
      for (const call of message?.tool_calls ?? []) {
        if (!hasCalls) yield* blocks.close();
        hasCalls = true;
        yield toToolCall(call);
      }
      if (!line.done) continue;
      yield* blocks.close(line.done_reason === 'stop' && !hasCalls);
      const [raw, input] = [line.done_reason, line.prompt_eval_count];
      const reason = hasCalls ? 'tool-calls' : raw === 'stop' || raw === 'length' ? raw : 'other';
      yield {
        type: 'finish',
        finishReason: { unified: reason, raw },
        usage: toUsage(input, line.eval_count),
        // Servers without `truncate` cut the prompt to the window. Only this count shows it.
        ...(input >= numCtx && { providerMetadata: { lorebox: { truncated: true } } }),
      };
    }
  } catch (error) {
    throw toStreamError(error, name, signal);
  }
}

function toToolCall(call: NonNullable<OllamaChatResponse['message']['tool_calls']>[number]): StreamPart {
  const { name, arguments: input } = call.function;
  return {
    type: 'tool-call',
    toolCallId: call.id ?? `call_${randomUUID()}`,
    toolName: name,
    input: JSON.stringify(input),
  };
}

/** The client throws a bare Error for an error line and for a missing last line. A dead socket is a TypeError. */
function toStreamError(error: unknown, name: string, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (isAppError(error)) return error;
  const isCut = !(error instanceof Error) || error.name !== 'Error' || error.message.startsWith('Did not receive done');
  const message = isCut
    ? `Ollama stopped in the middle of the answer; ${name} may have run out of memory. Ask again.`
    : `Ollama failed in the middle of the answer: ${error.message.slice(0, 500)}`;
  return new AppError('MODEL_FAILED', message, { cause: error });
}

function withoutUndefined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
