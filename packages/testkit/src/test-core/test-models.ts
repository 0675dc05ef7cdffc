import { AppError } from '@lorebox/contract/errors';
import type { Embedder, EmbedderCatalog } from '@lorebox/ports/embedder';
import type { Reranker, RerankerCatalog } from '@lorebox/ports/reranker';
import { hashVector } from '../hash-vectors.ts';

const DIMENSION = 64;
/** Names in the catalog and their model IDs. */
const MODEL_IDS: Record<string, string> = {
  shipped: 'test-embedder',
  'shipped:english': 'test-embedder',
  'shipped:multilingual': 'test-multilingual',
  'ollama:other': 'other',
  'openai:remote': 'remote',
};

/** Embedders that hash words. Set `failure` to make the next calls fail. */
export class TestEmbedders implements EmbedderCatalog {
  failure: Error | null = null;
  /** Embedded texts, in order. */
  readonly embedded: string[] = [];

  modelIdOf(name: string): string {
    return MODEL_IDS[name] ?? name;
  }

  requireValidName(name: string): void {
    if (!(name in MODEL_IDS)) throw new AppError('BAD_REQUEST', `Embedder "${name}" not found.`);
  }

  get(name: string): Embedder {
    const modelId = this.modelIdOf(name);
    if (!Object.values(MODEL_IDS).includes(modelId)) throw new AppError('EMBEDDER_FAILED', `No embedder "${name}".`);
    return {
      modelId,
      dimension: DIMENSION,
      maxTokens: 512,
      countTokens: (text) => text.split(/\s+/).length,
      coverage: () => 1,
      embed: async (texts) => {
        if (this.failure) throw this.failure;
        this.embedded.push(...texts);
        return texts.map((text) => new Float32Array(hashVector(text, DIMENSION)));
      },
      close: async () => {},
    };
  }

  isLocal(name: string): boolean {
    return this.modelIdOf(name) !== 'remote';
  }

  async close(): Promise<void> {}
}

/** "off", and a reranker that prefers short passages. */
export class TestRerankers implements RerankerCatalog {
  failure: Error | null = null;
  readonly downloaded: string[] = [];

  requireValidName(name: string): void {
    if (name !== 'off' && !name.startsWith('test:')) throw new AppError('BAD_REQUEST', `Reranker "${name}" not found.`);
  }

  get(name: string): Reranker | null {
    if (name === 'off') return null;
    return {
      id: name,
      score: async (_query, passages) => {
        if (this.failure) throw this.failure;
        return passages.map((passage) => -passage.length);
      },
      close: async () => {},
    };
  }

  isLocal(name: string): boolean {
    return name !== 'test:remote';
  }

  download(name: string): void {
    this.downloaded.push(name);
  }

  async close(): Promise<void> {}
}
