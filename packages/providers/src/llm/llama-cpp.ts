import { randomUUID } from 'node:crypto';
import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4FinishReason } from '@ai-sdk/provider';
import { AppError, isAppError } from '@lorebox/contract/errors';
import type { ChatHistoryItem, ChatModelFunctions, LlamaChatResponseChunk } from 'node-llama-cpp';
import { toChatHistory, toFunctions } from './llama-cpp-prompt.ts';
import { LlamaCppRuntime, type LoadedModel } from './llama-cpp-runtime.ts';
import { PartQueue } from './part-queue.ts';
import { collectParts, PartBlocks, type StreamPart, type ThoughtMemory, toPartStream, toUsage } from './part-stream.ts';

export interface LlamaCppModelOptions {
  path: string;
  name: string;
  contextSize: number;
  idleMs?: number;
  /** Whether the chat template opens a thinking tag in the prompt. */
  opensThought?: boolean;
}

/** Minimum room for an answer. With less, the prompt counts as too long. */
const MIN_ANSWER_TOKENS = 16;

/** A GGUF file as a chat model, run in this process by llama.cpp on its own threads. */
export function createLlamaCppModel(options: LlamaCppModelOptions): LanguageModelV4 & { runtime: LlamaCppRuntime } {
  const runtime = new LlamaCppRuntime(options);
  const memory: ThoughtMemory = { opensThought: options.opensThought ?? false };

  async function doStream(call: LanguageModelV4CallOptions) {
    const left = new AbortController();
    const signal = call.abortSignal ? AbortSignal.any([call.abortSignal, left.signal]) : left.signal;
    signal.throwIfAborted();
    const history = toChatHistory(call.prompt);
    const queue = new PartQueue<StreamPart>();
    queue.push({ type: 'stream-start', warnings: [] });
    runtime
      .run((loaded) => generate(loaded, history, { call, signal, queue, blocks: new PartBlocks(memory) }), signal)
      .then(
        () => queue.end(),
        (error: unknown) => queue.fail(toLlamaError(error, options.name, signal)),
      );
    return { stream: toPartStream(queue.read(), () => left.abort()) };
  }
  return {
    runtime,
    specificationVersion: 'v4',
    provider: 'llama-cpp',
    modelId: options.name,
    supportedUrls: {},
    doStream,
    async doGenerate(call) {
      return collectParts((await doStream(call)).stream);
    },
  };
}

interface Generation {
  call: LanguageModelV4CallOptions;
  signal: AbortSignal;
  queue: PartQueue<StreamPart>;
  blocks: PartBlocks;
}

async function generate(
  { model, chat, sequence }: LoadedModel,
  history: ChatHistoryItem[],
  { call, signal, queue, blocks }: Generation,
): Promise<void> {
  const functions = toFunctions(call);
  const state = chat.chatWrapper.generateContextState({ chatHistory: history, availableFunctions: functions });
  const promptTokens = state.contextText.tokenize(model.tokenizer).length;
  const room = sequence.contextSize - promptTokens - 1;
  if (room < MIN_ANSWER_TOKENS) {
    const size = `${promptTokens} tokens of ${sequence.contextSize}`;
    throw new AppError(
      'CONTEXT_TOO_SMALL',
      `Context window too small: the prompt fills it (${size}). Raise LOREBOX_CONTEXT_WINDOW.`,
    );
  }
  // Never more than fits, because the library would drop the start of the prompt to continue.
  const maxTokens = Math.min(call.maxOutputTokens ?? room, room);
  let outputTokens = 0;
  const onResponseChunk = (chunk: LlamaChatResponseChunk) => {
    outputTokens += chunk.tokens.length;
    const isThought = chunk.type === 'segment';
    for (const part of isThought ? blocks.reasoning(chunk.text) : blocks.content(chunk.text)) queue.push(part);
  };
  const { functionCalls, metadata } = await chat.generateResponse<ChatModelFunctions>(history, {
    signal,
    onResponseChunk,
    maxTokens,
    ...thoughtBudget(call.reasoning, maxTokens),
    temperature: call.temperature,
    topP: call.topP,
    topK: call.topK,
    seed: call.seed,
    customStopTriggers: call.stopSequences,
    ...(functions && { functions }),
  });
  const isComplete = unifyReason(metadata.stopReason) === 'stop';
  for (const part of blocks.close(isComplete)) queue.push(part);
  for (const { functionName: toolName, params } of functionCalls ?? []) {
    queue.push({
      type: 'tool-call',
      toolCallId: `call_${randomUUID()}`,
      toolName,
      input: JSON.stringify(params ?? {}),
    });
  }
  const finishReason = { unified: unifyReason(metadata.stopReason), raw: metadata.stopReason };
  queue.push({ type: 'finish', finishReason, usage: toUsage(promptTokens, outputTokens) });
}

/** Share of the answer that thinking may take. By default, the library decides. */
const THOUGHT_SHARES = { none: 0, minimal: 0.1, low: 0.2, medium: 0.4, high: 0.6, xhigh: 0.75, max: 0.75 };

function thoughtBudget(reasoning: LanguageModelV4CallOptions['reasoning'], maxTokens: number) {
  if (reasoning === undefined || reasoning === 'provider-default') return {};
  return { budgets: { thoughtTokens: Math.floor(maxTokens * THOUGHT_SHARES[reasoning]) } };
}

function unifyReason(reason: string): LanguageModelV4FinishReason['unified'] {
  if (reason === 'maxTokens') return 'length';
  if (reason === 'functionCalls') return 'tool-calls';
  return reason === 'abort' ? 'other' : 'stop';
}

function toLlamaError(error: unknown, name: string, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (isAppError(error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError('MODEL_FAILED', `${name} failed: ${reason.slice(0, 300)}`, { cause: error });
}
