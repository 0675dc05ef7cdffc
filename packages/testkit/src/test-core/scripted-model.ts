import { AppError } from '@lorebox/contract/errors';
import type { ModelList, PullProgress } from '@lorebox/contract/model';
import type { ChatModel, LanguageChatModel, LanguageModel, ModelCatalog } from '@lorebox/ports/chat-model';
import { splitWords } from '../fake-reply.ts';

type ModelCall = Parameters<LanguageModel['doStream']>[0];
type StreamPart = Awaited<ReturnType<LanguageModel['doStream']>>['stream'] extends ReadableStream<infer P> ? P : never;

/** A string is sent word by word. A function can wait, throw, or yield the words itself. */
export type ScriptedReply = string | ((call: ModelCall) => AsyncIterable<string>);

/** A chat model whose reply the test sets. Records every call. */
export class ScriptedModel implements ModelCatalog {
  reply: ScriptedReply = 'The documents say so [1].';
  /** If false, no model is configured, so answers are extractive. */
  isConfigured = true;
  contextWindow = 8192;
  accepts: LanguageChatModel['accepts'] = { images: null, tools: null, thinking: null };
  /** Null: the model has no tokenizer. */
  countTokens: LanguageChatModel['countTokens'] = null;
  /** Why no model answers, if none is configured. */
  reason: string | null = null;
  readonly calls: ModelCall[] = [];
  readonly pulled: string[] = [];

  /** Text of the last prompt, all messages joined. */
  get lastPrompt(): string {
    const messages = this.calls.at(-1)?.prompt ?? [];
    return messages
      .flatMap(({ content }) =>
        typeof content === 'string' ? [content] : content.map((part) => ('text' in part ? part.text : '')),
      )
      .join('\n');
  }

  async resolve(id: string | null): Promise<ChatModel> {
    if (id === null && !this.isConfigured) return { kind: 'extractive', id: 'extractive', reason: this.reason };
    const fullId = this.fullId(id ?? 'default');
    if (fullId.endsWith(':missing')) throw new AppError('MODEL_NOT_FOUND', `Model "${fullId}" not found.`);
    const { contextWindow, accepts, countTokens } = this;
    return {
      kind: 'language-model',
      id: fullId,
      contextWindow,
      isLocal: isLocal(fullId),
      accepts,
      countTokens,
      model: this.languageModel(),
    };
  }

  fullId(id: string): string {
    return id.includes(':') ? id : `test:${id}`;
  }

  async isLocal(id: string | null): Promise<boolean> {
    return id === null || isLocal(id);
  }

  async list(): Promise<ModelList> {
    return { models: [], providers: [{ provider: 'test', available: true, message: 'http://10.0.0.5:11434' }] };
  }

  async *pull(id: string): AsyncGenerator<PullProgress> {
    this.pulled.push(id);
    yield { status: 'success', completed: 1, total: 1 };
  }

  async defaultId(): Promise<string> {
    return this.isConfigured ? 'test:default' : 'extractive';
  }

  private languageModel(): LanguageModel {
    return {
      specificationVersion: 'v4',
      provider: 'test',
      modelId: 'scripted',
      supportedUrls: {},
      doGenerate: () => Promise.reject(new Error('Answers are streamed.')),
      doStream: async (call) => {
        this.calls.push(call);
        call.abortSignal?.throwIfAborted();
        return { stream: streamOf(this.words(call), call.abortSignal) };
      },
    };
  }

  private words(call: ModelCall): AsyncIterable<string> {
    const { reply } = this;
    if (typeof reply === 'function') return reply(call);
    return (async function* () {
      yield* splitWords(reply);
    })();
  }
}

const isLocal = (id: string) => !id.startsWith('remote:');

/** Stops when the signal is aborted, like an HTTP request. */
function streamOf(words: AsyncIterable<string>, signal: AbortSignal | undefined): ReadableStream<StreamPart> {
  return new ReadableStream<StreamPart>({
    async start(controller) {
      signal?.addEventListener('abort', () => controller.error(signal.reason), { once: true });
      try {
        let count = 0;
        for await (const delta of words) {
          if (signal?.aborted) return;
          count += 1;
          controller.enqueue({ type: 'text-delta', id: '0', delta });
        }
        if (signal?.aborted) return;
        const inputTokens = { total: 10, noCache: 10, cacheRead: undefined, cacheWrite: undefined };
        const outputTokens = { total: count, text: count, reasoning: undefined };
        const finishReason = { unified: 'stop', raw: 'stop' } as const;
        controller.enqueue({ type: 'finish', finishReason, usage: { inputTokens, outputTokens } });
        controller.close();
      } catch (error) {
        if (!signal?.aborted) controller.error(error);
      }
    },
  });
}
