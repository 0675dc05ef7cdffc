import type { Stores } from '@lorebox/core/core';
import { embedderFor, embedderOf } from '@lorebox/core/embeddings/choose-embedder';
import { createBatchingEmbedder } from '@lorebox/core/ingest/batching-embedder';
import type { ReadyEmbedder } from '@lorebox/core/ingest/ingest-document';
import type { Embedder } from '@lorebox/ports/embedder';
import { createEmbedderCatalog } from '@lorebox/providers/embedder/embedder-catalog';
import type { Config } from '../../config.ts';

const BATCH = 64;
const EMBED_DEADLINE_MS = 15 * 60_000;

/** The embedders of the ingest. Each has a queue that batches the requests of many documents. */
export function createReadyEmbedders(stores: Pick<Stores, 'embeddings' | 'settings' | 'workspaces'>, config: Config) {
  const embedders = createEmbedderCatalog({ ...config.chat, purpose: 'ingest' });
  const { settingDefaults } = config;
  const ready = new Map<Embedder, ReadyEmbedder>();

  function withQueue(embedder: Embedder): ReadyEmbedder {
    const known = ready.get(embedder) ?? {
      embedder,
      embed: createBatchingEmbedder(embedder, BATCH, EMBED_DEADLINE_MS),
    };
    ready.set(embedder, known);
    return known;
  }

  const findWorkspace = (id: string) => stores.workspaces.find(id, { memberId: null, workspaceId: null });
  const isLocalOnly = async (id: string) => (await findWorkspace(id))?.localOnly ?? false;

  return {
    isLocalOnly,
    async named(modelId: string, workspaceId: string): Promise<ReadyEmbedder> {
      const deps = { stores, models: { embedders }, settingDefaults };
      return withQueue(await embedderFor(deps, modelId, await isLocalOnly(workspaceId)));
    },
    async forWorkspace(workspaceId: string, attempts: number, text: string): Promise<ReadyEmbedder> {
      const { next } = attempts > 0 ? await stores.embeddings.state(workspaceId) : { next: null };
      const deps = { stores, models: { embedders }, settingDefaults };
      const workspace = await findWorkspace(workspaceId);
      const localOnly = workspace?.localOnly ?? false;
      if (next) return withQueue(await embedderFor(deps, next.modelId, localOnly));
      return withQueue(await embedderOf(deps, { id: workspaceId, embedder: workspace?.embedder, localOnly }, text));
    },
    close: () => embedders.close(),
  };
}
