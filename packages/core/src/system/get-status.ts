import type { Actor } from '@lorebox/contract/actor';
import type { SystemStatus } from '@lorebox/contract/status';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { defaultEmbedder } from '../embeddings/choose-embedder.ts';

export async function getStatus(core: Core, actor: Actor): Promise<SystemStatus> {
  requireScope(actor, 'system:read');
  requireUnbound(actor);
  const { ready, processing, failed, chunks, queued, running } = await core.stores.documents.counts();
  const { modelId, dimension, maxTokens } = await defaultEmbedder(core);
  return {
    version: core.version,
    uptimeSeconds: (core.clock.now() - core.startedAt) / 1000,
    embedder: { modelId, dimension, maxTokens },
    defaultModel: await core.models.chat.defaultId(),
    documents: { ready, processing, failed },
    chunks,
    jobs: { queued, running },
    parserSandbox: await core.parserSandbox(),
    vectorBackend: (await core.signals.vectors?.status()) ?? null,
  };
}
