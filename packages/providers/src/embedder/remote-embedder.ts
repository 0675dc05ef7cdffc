import { AppError } from '@lorebox/contract/errors';
import type { Embedder } from '@lorebox/ports/embedder';
import { prefixesOf } from './embedding-prefixes.ts';
import { estimateEmbedderTokens } from './estimate-embedder-tokens.ts';

export interface RemoteEmbedding {
  modelId: string;
  model: string;
  /** Returns the vectors in the order of the texts. The caller validates them. */
  fetchBatch(input: string[], signal: AbortSignal | undefined): Promise<unknown[]>;
  /** The model's input limit in tokens; null if unknown. */
  fetchMaxTokens(signal: AbortSignal | undefined): Promise<number | null>;
  toError(error: unknown): AppError;
}

const BATCH_SIZE = 64;
const UNKNOWN_MAX_TOKENS = 512;
/**
 * Upper limit for all models: one vector can't represent more text, and every server's default context window is
 * larger.
 */
const MAX_TOKENS = 2048;
const CLS_AND_SEP = 2;

/** The shared part of remote embedders: batches, prefixes, and validated vectors of length 1. */
export class RemoteEmbedder implements Embedder {
  readonly modelId: string;
  readonly #remote: RemoteEmbedding;
  readonly #prefixes: ReturnType<typeof prefixesOf>;
  #dimension: number | null = null;
  #maxTokens = UNKNOWN_MAX_TOKENS;
  #limitAsked: Promise<void> | null = null;

  constructor(remote: RemoteEmbedding) {
    this.#remote = remote;
    this.modelId = remote.modelId;
    this.#prefixes = prefixesOf(remote.model);
  }

  get dimension(): number | null {
    return this.#dimension;
  }

  get maxTokens(): number {
    return this.#maxTokens;
  }

  countTokens(text: string): number {
    return estimateEmbedderTokens(text);
  }

  coverage(): number {
    return 1;
  }

  async embed(texts: readonly string[], kind: 'query' | 'passage', signal?: AbortSignal): Promise<Float32Array[]> {
    signal?.throwIfAborted();
    if (texts.length === 0) return [];
    this.#limitAsked ??= this.#askLimit(signal);
    await this.#limitAsked;
    const prefix = this.#prefixes[kind];
    const inputs = texts.map((text) => prefix + this.#cut(text, prefix));
    const vectors: Float32Array[] = [];
    for (let start = 0; start < inputs.length; start += BATCH_SIZE) {
      vectors.push(...(await this.#embedBatch(inputs.slice(start, start + BATCH_SIZE), signal)));
    }
    return vectors;
  }

  async close(): Promise<void> {}

  async #embedBatch(inputs: string[], signal: AbortSignal | undefined): Promise<Float32Array[]> {
    try {
      const answer = await this.#remote.fetchBatch(inputs, signal);
      if (answer.length !== inputs.length) {
        throw new AppError(
          'EMBEDDER_FAILED',
          `${this.modelId} returned ${answer.length} vectors for ${inputs.length} texts.`,
        );
      }
      return answer.map((vector) => this.#check(vector));
    } catch (error) {
      signal?.throwIfAborted();
      const typed = this.#remote.toError(error);
      // Some versions reject texts despite truncation: find the text that is too long and shorten it.
      if (typed.code !== 'CONTEXT_TOO_SMALL') throw typed;
      if (inputs.length === 1) return this.#embedShortened(inputs[0] ?? '', typed, signal);
      const halves = [inputs.slice(0, inputs.length >> 1), inputs.slice(inputs.length >> 1)];
      const vectors: Float32Array[] = [];
      for (const half of halves) vectors.push(...(await this.#embedBatch(half, signal)));
      return vectors;
    }
  }

  async #embedShortened(text: string, refused: AppError, signal: AbortSignal | undefined): Promise<Float32Array[]> {
    if (text.length < 64) throw new AppError('EMBEDDER_FAILED', refused.message, { cause: refused });
    return this.#embedBatch([text.slice(0, Math.floor(text.length * 0.75))], signal);
  }

  /**
   * If the model reports no limit, the conservative one stays. After a failure it is requested again; the batch reports
   * the error.
   */
  async #askLimit(signal: AbortSignal | undefined): Promise<void> {
    try {
      const limit = await this.#remote.fetchMaxTokens(signal);
      if (limit !== null) this.#maxTokens = Math.min(limit, MAX_TOKENS);
    } catch {
      this.#limitAsked = null;
    }
  }

  #cut(text: string, prefix: string): string {
    const room = this.#maxTokens - CLS_AND_SEP - estimateEmbedderTokens(prefix);
    let cut = text;
    for (let count = estimateEmbedderTokens(cut); count > room && cut.length > 1; count = estimateEmbedderTokens(cut)) {
      cut = cut.slice(0, Math.max(1, Math.floor((cut.length * room) / count)));
    }
    return cut;
  }

  #check(vector: unknown): Float32Array {
    const given = Array.isArray(vector) ? (vector as number[]) : [];
    const values = new Float32Array(given.length);
    let sum = 0;
    // Plain loops, because this runs for every number of every vector.
    for (let i = 0; i < given.length; i += 1) {
      const value = Number(given[i]);
      values[i] = value;
      sum += value * value;
    }
    const length = Math.sqrt(sum);
    if (!Number.isFinite(length) || length === 0) {
      throw new AppError('EMBEDDER_FAILED', `${this.modelId} returned a vector that is empty or not finite.`);
    }
    this.#dimension ??= values.length;
    if (values.length !== this.#dimension) {
      const sizes = `${values.length} dimensions instead of ${this.#dimension}`;
      throw new AppError(
        'EMBEDDER_FAILED',
        `${this.modelId} returned a vector with ${sizes}. The model behind this name has changed.`,
      );
    }
    for (let i = 0; i < values.length; i += 1) values[i] = (values[i] ?? 0) / length;
    return values;
  }
}
