import { availableParallelism } from 'node:os';
import type { EmbedderProvider } from '../embedder-provider.ts';
import { poolEmbedders } from './embedder-pool.ts';
import { includedModels, type ModelName } from './sentence-model.ts';
import { createShippedEmbedder } from './shipped-embedder.ts';

/** Each English model uses 100 MB while it is loaded, each multilingual one 180 MB. */
const MAX_MODELS: Record<ModelName, number> = { english: 8, multilingual: 4 };

/** Names of the included models in settings, and model ids. "shipped" stands for the one that fits the documents. */
export const INCLUDED_NAMES: Readonly<Record<string, ModelName>> = {
  shipped: 'english',
  'shipped:english': 'english',
  'shipped:multilingual': 'multilingual',
  [includedModels.english.id]: 'english',
  [includedModels.multilingual.id]: 'multilingual',
};

export const shippedEmbedders: EmbedderProvider = {
  argument: null,
  create(name, { purpose }) {
    const model = INCLUDED_NAMES[name] ?? 'english';
    if (purpose === 'questions') return createShippedEmbedder(model, { threads: 1 });
    const count = Math.min(MAX_MODELS[model], availableParallelism());
    const createOne = () => createShippedEmbedder(model, { threads: 1, isBackground: true });
    return poolEmbedders([createOne(), ...Array.from({ length: count - 1 }, createOne)]);
  },
  isLocal: () => true,
};
