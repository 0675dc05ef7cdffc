import { AppError } from '@lorebox/contract/errors';
import type { ModelList, PullProgress } from '@lorebox/contract/model';
import { promptText } from '@lorebox/core/chat/build-prompt';
import { estimateTokens } from '@lorebox/core/text/estimate-tokens';
import type { ChatModel, ChatServer, LanguageChatModel, LanguageModel, ModelCatalog } from '@lorebox/ports/chat-model';
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
  reportsTruncation = true;
  /** Tokens that the server reports for a prompt of about this length. Null: it reports no usage. */
  inputTokens: ((promptTokens: number) => number) | null = null;
  finishReason: 'stop' | 'length' = 'stop';
  /** Thoughts before the reply. */
  reasoning: readonly string[] = [];
  accepts: LanguageChatModel['accepts'] = { images: null, tools: null, thinking: null };
  /** Null: the model has no tokenizer. */
  countTokens: LanguageChatModel['countTokens'] = null;
  /** Why no model answers, if none is configured. */
  reason: string | null = null;
  currentServer: ChatServer | null = null;
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
      reportsTruncation: this.reportsTruncation,
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

  server(): ChatServer | null {
    return this.currentServer;
  }

  setServer(server: ChatServer | null): void {
    this.currentServer = server;
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
        return { stream: this.streamOf(call) };
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

  /** Stops when the signal is aborted, like an HTTP request. */
  private streamOf(call: ModelCall): ReadableStream<StreamPart> {
    const { abortSignal: signal } = call;
    return new ReadableStream<StreamPart>({
      start: async (controller) => {
        signal?.addEventListener('abort', () => controller.error(signal.reason), { once: true });
        try {
          let count = 0;
          for (const delta of this.reasoning) controller.enqueue({ type: 'reasoning-delta', id: '0', delta });
          for await (const delta of this.words(call)) {
            if (signal?.aborted) return;
            count += 1;
            controller.enqueue({ type: 'text-delta', id: '1', delta });
          }
          if (signal?.aborted) return;
          controller.enqueue(this.finish(call, count));
          controller.close();
        } catch (error) {
          if (!signal?.aborted) controller.error(error);
        }
      },
    });
  }

  private finish(call: ModelCall, count: number): StreamPart {
    const total = this.inputTokens?.(estimateTokens(promptText(call.prompt)));
    const inputTokens = { total, noCache: total, cacheRead: undefined, cacheWrite: undefined };
    const outputTokens = { total: count, text: count, reasoning: undefined };
    const finishReason = { unified: this.finishReason, raw: this.finishReason };
    return { type: 'finish', finishReason, usage: { inputTokens, outputTokens } };
  }
}

const isLocal = (id: string) => !id.startsWith('remote:');
