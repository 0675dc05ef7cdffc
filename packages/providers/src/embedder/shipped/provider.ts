import { availableParallelism } from 'node:os';
import type { EmbedderProvider } from '../embedder-provider.ts';
import { poolEmbedders } from './embedder-pool.ts';
import { createShippedEmbedder } from './shipped-embedder.ts';

/** Each model uses 100 MB while it is loaded. */
const MAX_MODELS = 8;

const createBackgroundEmbedder = () => createShippedEmbedder({ threads: 1, isBackground: true });

export const shippedEmbedders: EmbedderProvider = {
  argument: null,
  create(_model, { purpose }) {
    if (purpose === 'questions') return createShippedEmbedder({ threads: 1 });
    const count = Math.min(MAX_MODELS, availableParallelism());
    const others = Array.from({ length: count - 1 }, createBackgroundEmbedder);
    return poolEmbedders([createBackgroundEmbedder(), ...others]);
  },
  isLocal: () => true,
};
