import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@lorebox/contract/errors';
import type { Reranker } from '@lorebox/ports/reranker';
import type { LlamaRankingContext } from 'node-llama-cpp';
import { startEngine } from '../llm/llama-cpp-runtime.ts';
import type { RerankerProvider } from './reranker-provider.ts';

/** A reranking model as a GGUF file, such as bge-reranker-v2-m3, which supports a hundred languages. */
export function createGgufReranker({ name, path }: { name: string; path: string }): Reranker {
  let loaded: Promise<LlamaRankingContext> | null = null;
  return {
    id: `gguf:${name}`,
    async score(query, passages, signal) {
      if (!existsSync(path))
        throw new AppError('RERANKER_FAILED', `File "${name}" not found in the models folder. Copy it there.`);
      loaded ??= load(path);
      const context = await loaded.catch((error: unknown) => {
        loaded = null;
        const reason = error instanceof Error ? error.message.slice(0, 300) : String(error);
        throw new AppError('RERANKER_FAILED', `"${name}" can't be used as a reranker: ${reason}`, { cause: error });
      });
      const scores: number[] = [];
      for (const passage of passages) {
        signal.throwIfAborted();
        scores.push(await context.rank(query, passage));
      }
      return scores;
    },
    async close() {
      const context = await loaded?.catch(() => null);
      loaded = null;
      await context?.model.dispose();
    },
  };
}

async function load(path: string): Promise<LlamaRankingContext> {
  const llama = await startEngine();
  const model = await llama.loadModel({ modelPath: path });
  return model.createRankingContext();
}

export const ggufRerankers: RerankerProvider = {
  argument: 'FILE',
  create(name, { modelsDir }) {
    // A file name, never a path outside the folder.
    if (!/^[\w.-]+$/.test(name)) throw new AppError('BAD_REQUEST', `"${name}" is not the name of a GGUF file.`);
    return createGgufReranker({ name, path: join(modelsDir, name) });
  },
  isLocal: () => true,
};
