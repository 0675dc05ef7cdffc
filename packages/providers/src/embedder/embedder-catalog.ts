import { AppError } from '@lorebox/contract/errors';
import type { Embedder, EmbedderCatalog } from '@lorebox/ports/embedder';
import { describeNames, findProvider } from '../provider-names.ts';
import type { EmbedderOptions } from './embedder-provider.ts';
import { embedderProviders } from './registry.ts';
import { SHIPPED_MODEL_ID } from './shipped/shipped-embedder.ts';

/** Embedders by name or model ID, created on first use. */
export function createEmbedderCatalog(options: EmbedderOptions): EmbedderCatalog {
  const created = new Map<string, Embedder>();
  const modelIdOf = (name: string) => (name === 'shipped' ? SHIPPED_MODEL_ID : name);

  const parse = (name: string) => findProvider(embedderProviders, name === SHIPPED_MODEL_ID ? 'shipped' : name);

  function find(name: string) {
    const found = parse(name);
    if (!found) throw new AppError('EMBEDDER_FAILED', `Embedder "${name}" not found on this server.`);
    return found;
  }

  return {
    requireValidName(name) {
      if (parse(name)) return;
      throw new AppError('BAD_REQUEST', `Unknown embedder "${name}". Use ${describeNames(embedderProviders)}.`);
    },
    modelIdOf,
    isLocal(name) {
      const { provider, model } = find(name);
      return provider.isLocal(model, options);
    },
    get(name) {
      const modelId = modelIdOf(name);
      const existing = created.get(modelId);
      if (existing) return existing;
      const { provider, model } = find(name);
      const embedder = provider.create(model, options);
      created.set(modelId, embedder);
      return embedder;
    },
    async close() {
      await Promise.all([...created.values()].map((embedder) => embedder.close()));
    },
  };
}
