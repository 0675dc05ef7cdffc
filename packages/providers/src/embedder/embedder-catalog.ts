import { AppError } from '@lorebox/contract/errors';
import type { Embedder, EmbedderCatalog } from '@lorebox/ports/embedder';
import { describeNames, findProvider } from '../provider-names.ts';
import type { EmbedderOptions } from './embedder-provider.ts';
import { embedderProviders } from './registry.ts';
import { INCLUDED_NAMES, shippedEmbedders } from './shipped/provider.ts';
import { includedModels } from './shipped/sentence-model.ts';

/** Embedders by name or model ID, created on first use. */
export function createEmbedderCatalog(options: EmbedderOptions): EmbedderCatalog {
  const created = new Map<string, Embedder>();
  const included = (name: string) => (Object.hasOwn(INCLUDED_NAMES, name) ? INCLUDED_NAMES[name] : undefined);

  function modelIdOf(name: string): string {
    const model = included(name);
    return model ? includedModels[model].id : name;
  }

  function parse(name: string) {
    return included(name) ? { provider: shippedEmbedders, model: name } : findProvider(embedderProviders, name);
  }

  function find(name: string) {
    const found = parse(name);
    if (!found) throw new AppError('EMBEDDER_FAILED', `Embedder "${name}" not found on this server.`);
    return found;
  }

  return {
    requireValidName(name) {
      if (parse(name)) return;
      throw new AppError(
        'BAD_REQUEST',
        `Unknown embedder "${name}". Use ${describeNames(embedderProviders, ['shipped:english', 'shipped:multilingual'])}.`,
      );
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
