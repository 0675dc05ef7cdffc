import type { Core } from '../core.ts';
import { currentSettings } from '../settings/current-settings.ts';

/**
 * Queues a re-embedding job for each workspace whose vectors were made by another embedder than its settings say.
 * Called at startup and after each change of these settings. Idempotent.
 */
export async function applyEmbedderSettings(
  core: Pick<Core, 'stores' | 'models' | 'settingDefaults' | 'clock' | 'signals'>,
): Promise<void> {
  const { embedder } = await currentSettings(core);
  let isQueued = false;
  for (const { workspaceId, wanted, active, next } of await core.stores.embeddings.survey()) {
    const target = core.models.embedders.modelIdOf(wanted ?? embedder);
    if (active === null || (next ?? active) === target) continue;
    isQueued = (await core.stores.embeddings.queueReembed(workspaceId, target, new Date(core.clock.now()))) || isQueued;
  }
  if (isQueued) core.signals.ingest.wake();
}
