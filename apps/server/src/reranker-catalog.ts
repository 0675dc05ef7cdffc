import { join } from 'node:path';
import { AppError } from '@lorebox/contract/errors';
import type { Reranker, RerankerCatalog } from '@lorebox/ports/reranker';
import { isLoopback } from '@lorebox/providers/is-loopback';
import { createGgufReranker } from '@lorebox/providers/reranker/gguf-reranker';
import { createHttpReranker } from '@lorebox/providers/reranker/http-reranker';
import { OnnxFileStore } from '@lorebox/providers/reranker/onnx-files';
import { createOnnxReranker } from '@lorebox/providers/reranker/onnx-reranker';
import type { Env } from './env.ts';

/** Rerankers by name, as LOREBOX_RERANKER and the settings write them. */
export function createRerankerCatalog(
  env: Env,
  modelsDir: string,
  defaultReranker: () => Promise<string>,
): RerankerCatalog {
  const made = new Map<string, Reranker>();
  const files = new OnnxFileStore(modelsDir, {
    hub: env.LOREBOX_HUB_URL === 'off' ? null : env.LOREBOX_HUB_URL,
    maxBytes: env.LOREBOX_MAX_MODEL_MB * 1024 * 1024,
    // The one of the installation was chosen by an admin.
    mayDownload: async (model) => (await defaultReranker()) === `onnx:${model}`,
  });

  function create(name: string): Reranker {
    const [kind = '', ...rest] = name.split(':');
    const model = rest.join(':');
    if (kind === 'onnx') return createOnnxReranker({ model, files });
    if (kind === 'gguf' && /^[\w.-]+$/.test(model))
      return createGgufReranker({ name: model, path: join(modelsDir, model) });
    if (kind !== 'http') throw new AppError('RERANKER_FAILED', `Reranker "${name}" not found.`);
    const { LOREBOX_RERANK_URL: baseUrl, LOREBOX_RERANK_API_KEY: apiKey } = env;
    if (!baseUrl) throw new AppError('RERANKER_FAILED', `"${name}" requires LOREBOX_RERANK_URL.`);
    return createHttpReranker({ baseUrl, apiKey, model });
  }

  return {
    get(name) {
      if (name === 'off') return null;
      const reranker = made.get(name) ?? create(name);
      made.set(name, reranker);
      return reranker;
    },
    isLocal: (name) => !name.startsWith('http:') || isLoopback(env.LOREBOX_RERANK_URL ?? ''),
    download(name) {
      if (name.startsWith('onnx:')) files.download(name.slice('onnx:'.length));
    },
    async close() {
      await Promise.all([...made.values()].map((reranker) => reranker.close()));
    },
  };
}
