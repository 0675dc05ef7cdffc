import type { Core } from '../core.ts';
import { currentSettings } from '../settings/current-settings.ts';
import { AUTOMATIC, chooseIncluded, measureWorkspace } from './included-embedder.ts';

export type ApplyEmbedderDeps = Pick<Core, 'stores' | 'models' | 'settingDefaults' | 'clock' | 'signals'>;

/**
 * Queues a re-embedding job for each workspace whose vectors were made by another embedder than its settings say, or
 * than the languages of its documents need. Called at startup and after each change of these settings. Idempotent.
 * Languages are measured only in the given workspaces, or in all.
 */
export async function applyEmbedderSettings(core: ApplyEmbedderDeps, measured?: ReadonlySet<string>): Promise<void> {
  const { embedder } = await currentSettings(core);
  let isQueued = false;
  for (const { workspaceId, wanted, active, next } of await core.stores.embeddings.survey()) {
    const name = wanted ?? embedder;
    const isSkipped = name === AUTOMATIC && measured !== undefined && !measured.has(workspaceId);
    if (active === null || isSkipped) continue;
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
