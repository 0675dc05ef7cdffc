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
 * One model file in memory: loaded at the first request, unloaded after some idle minutes. Requests run one after the
 * other, because they share the context, whose state makes the next answer over the same beginning fast.
 */
export class LlamaCppRuntime {
  readonly #path: string;
  readonly #contextSize: number;
  readonly #idleMs: number;
  #loaded: Promise<LoadedModel> | null = null;
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

  /** Runs `task` when it is its turn. @throws AppError MODEL_FAILED when the file cannot be loaded. */
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

/** Whoever gives up while others are served does not wait for them. */
function leaveOnAbort<T>(turn: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason);
  const { promise, reject } = Promise.withResolvers<never>();
  const leave = () => reject(signal.reason);
  signal.addEventListener('abort', leave, { once: true });
  return Promise.race([turn, promise]).finally(() => signal.removeEventListener('abort', leave));
}

let engine: Promise<Llama> | null = null;

/** Loaded at first use: the library and its binaries cost nothing where Ollama answers. */
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
    // Takes Metal, or a GPU build that somebody installed; docs/models.md says how.
    gpu: 'auto',
    logLevel: LlamaLogLevel.error,
    progressLogs: false,
    skipDownload: true,
    // Its threads wait for each other by spinning: one more than there are cores and it is a hundred times slower. The
    // library's own choice is four at least. One core is left to the server.
    maxThreads: Math.max(1, availableParallelism() - 1),
  });
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
    const reason = error instanceof Error ? error.message : String(error);
    const message = `Failed to load ${path} (${reason.slice(0, 300)}). Check that the file is complete and that there is enough memory.`;
    throw new AppError('MODEL_FAILED', message, { cause: error });
  }
}
