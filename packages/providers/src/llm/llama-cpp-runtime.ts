import { availableParallelism } from 'node:os';
import { AppError } from '@lorebox/contract/errors';
import type { Llama, LlamaChat, LlamaContextSequence, LlamaModel } from 'node-llama-cpp';

const IDLE_MS = 10 * 60_000;

export interface LoadedModel {
  model: LlamaModel;
  sequence: LlamaContextSequence;
  chat: LlamaChat;
}

/**
 * A model file in memory: loaded by the first request and unloaded after some idle minutes. Requests run one at a time
 * because they share the context. Its state speeds up the next answer with the same prompt prefix.
 */
export class LlamaCppRuntime {
  readonly #path: string;
  readonly #contextSize: number;
  readonly #idleMs: number;
  #loaded: Promise<LoadedModel> | null = null;
  #vocabulary: Promise<LlamaModel> | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #idleTimer: NodeJS.Timeout | null = null;

  constructor(options: { path: string; contextSize: number; idleMs?: number }) {
    this.#path = options.path;
    this.#contextSize = options.contextSize;
    this.#idleMs = options.idleMs ?? IDLE_MS;
  }

  get isLoaded(): boolean {
    return this.#loaded !== null;
  }

  /** Runs `task` when it is its turn. @throws AppError MODEL_FAILED if the file can't be loaded. */
  async run<T>(task: (loaded: LoadedModel) => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#idleTimer) clearTimeout(this.#idleTimer);
    this.#waiting += 1;
    const turn = this.#last.then(async () => {
      signal.throwIfAborted();
      this.#loaded ??= loadModel(this.#path, this.#contextSize);
      const loaded = await this.#loaded.catch((error: unknown) => {
        this.#loaded = null;
        throw error;
      });
      signal.throwIfAborted();
      return task(loaded);
    });
    this.#last = turn.catch(() => {});
    try {
      return await leaveOnAbort(turn, signal);
    } finally {
      this.#last.then(() => this.#rest());
    }
  }

  /** Counts tokens without loading the weights. Doesn't wait for a running answer. */
  async countTokens(texts: readonly string[], signal: AbortSignal): Promise<number[]> {
    this.#vocabulary ??= loadVocabulary(this.#path);
    const model = await this.#vocabulary.catch((error: unknown) => {
      this.#vocabulary = null;
      throw error;
    });
    const counts: number[] = [];
    for (const text of texts) {
      signal.throwIfAborted();
      counts.push(model.tokenize(text).length);
      // A long text takes milliseconds on the main thread, so other requests go between two texts.
      await new Promise(setImmediate);
    }
    return counts;
  }

  async unload(): Promise<void> {
    const loaded = this.#loaded;
    this.#loaded = null;
    if (loaded) await (await loaded).model.dispose();
  }

  #rest(): void {
    this.#waiting -= 1;
    if (this.#waiting > 0 || !this.#loaded) return;
    this.#idleTimer = setTimeout(() => {
      this.#last = this.#last.then(() => this.unload()).catch(() => {});
    }, this.#idleMs);
    this.#idleTimer.unref();
  }
}

/** A caller that aborts does not wait for the requests ahead of it. */
function leaveOnAbort<T>(turn: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason);
  const { promise, reject } = Promise.withResolvers<never>();
  const leave = () => reject(signal.reason);
  signal.addEventListener('abort', leave, { once: true });
  return Promise.race([turn, promise]).finally(() => signal.removeEventListener('abort', leave));
}

let engine: Promise<Llama> | null = null;

/** Loaded on first use, so the library and its binaries cost nothing where Ollama is used. */
export function startEngine(): Promise<Llama> {
  engine ??= createEngine();
  return engine.catch((error: unknown) => {
    engine = null;
    const message = 'llama.cpp has no build for this platform. Use Ollama, or see docs/models.md.';
    throw new AppError('MODEL_UNREACHABLE', message, { cause: error });
  });
}

async function createEngine(): Promise<Llama> {
  const { getLlama, LlamaLogLevel } = await import('node-llama-cpp');
  return getLlama({
    build: 'never',
    // Uses Metal or an installed GPU build; see docs/models.md.
    gpu: 'auto',
    logLevel: LlamaLogLevel.error,
    progressLogs: false,
    skipDownload: true,
    // The threads spin while they wait for each other: with one more thread than cores, it is a hundred times slower.
    // The library's default is at least four. One core is left to the server.
    maxThreads: Math.max(1, availableParallelism() - 1),
  });
}

/** The tokenizer of a model takes some megabytes and stays in memory. */
async function loadVocabulary(path: string): Promise<LlamaModel> {
  const llama = await startEngine();
  try {
    return await llama.loadModel({ modelPath: path, vocabOnly: true });
  } catch (error) {
    throw toLoadError(path, error);
  }
}

async function loadModel(path: string, contextSize: number): Promise<LoadedModel> {
  const llama = await startEngine();
  let model: LlamaModel | null = null;
  try {
    const { LlamaChat } = await import('node-llama-cpp');
    model = await llama.loadModel({ modelPath: path });
    const context = await model.createContext({ contextSize, sequences: 1 });
    const sequence = context.getSequence();
    return { model, sequence, chat: new LlamaChat({ contextSequence: sequence }) };
  } catch (error) {
    await model?.dispose().catch(() => {});
    throw toLoadError(path, error);
  }
}

function toLoadError(path: string, error: unknown): AppError {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `Failed to load ${path} (${reason.slice(0, 300)}). Check that the file is complete and that there is enough memory.`;
  return new AppError('MODEL_FAILED', message, { cause: error });
}
