import type { Core } from '../core.ts';
import { currentSettings } from '../settings/current-settings.ts';
import { AUTOMATIC, chooseIncluded, measureWorkspace } from './included-embedder.ts';

export type ApplyEmbedderDeps = Pick<Core, 'stores' | 'models' | 'settingDefaults' | 'clock' | 'signals'>;

/**
 * Queues a re-embedding job for each workspace whose vectors were made by another embedder than its settings say, or
 * than the languages of its documents need. Called at startup and after each change of these settings. Idempotent.
 */
export async function applyEmbedderSettings(
  core: ApplyEmbedderDeps,
  workspaceIds?: ReadonlySet<string>,
): Promise<void> {
  const { embedder } = await currentSettings(core);
  let isQueued = false;
  for (const { workspaceId, wanted, active, next } of await core.stores.embeddings.survey()) {
    if (active === null || (workspaceIds && !workspaceIds.has(workspaceId))) continue;
    const name = wanted ?? embedder;
    const current = next ?? active;
    const target =
      name === AUTOMATIC
        ? chooseIncluded(core, await measureWorkspace(core, workspaceId), current)
        : core.models.embedders.modelIdOf(name);
    if (current === target) continue;
    isQueued = (await core.stores.embeddings.queueReembed(workspaceId, target, new Date(core.clock.now()))) || isQueued;
  }
  if (isQueued) core.signals.ingest.wake();
}
