import type { Core } from '@lorebox/core/core';
import { embedderFor, embedderOf } from '@lorebox/core/embeddings/choose-embedder';
import { createBatchingEmbedder } from '@lorebox/core/ingest/batching-embedder';
import type { ReadyEmbedder } from '@lorebox/core/ingest/ingest-document';
import type { Embedder } from '@lorebox/ports/embedder';
import { createEmbedderCatalog } from '../embedder-catalog.ts';
import type { Env } from '../env.ts';
import { settingDefaultsOf } from '../setting-defaults.ts';

const BATCH = 64;
const EMBED_DEADLINE_MS = 15 * 60_000;

/** The embedders of the ingest, each behind one queue that puts what many documents want into batches. */
export function createReadyEmbedders(stores: Pick<Core, 'embeddings' | 'settings' | 'workspaces'>, env: Env) {
  const embedders = createEmbedderCatalog(env, 'ingest');
  const settingDefaults = settingDefaultsOf(env);
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
      const deps = { ...stores, embedders, settingDefaults };
      return withQueue(await embedderFor(deps, modelId, await isLocalOnly(workspaceId)));
    },
    async forWorkspace(workspaceId: string, attempts: number): Promise<ReadyEmbedder> {
      const { next } = attempts > 0 ? await stores.embeddings.state(workspaceId) : { next: null };
      const deps = { ...stores, embedders, settingDefaults };
      const workspace = await findWorkspace(workspaceId);
      const localOnly = workspace?.localOnly ?? false;
      if (next) return withQueue(await embedderFor(deps, next.modelId, localOnly));
      return withQueue(await embedderOf(deps, { id: workspaceId, embedder: workspace?.embedder, localOnly }));
    },
    close: () => embedders.close(),
  };
}
