import type { Core } from '../core.ts';
import { currentSettings } from '../settings/current-settings.ts';

/**
 * Brings every workspace to the embedder that it is to have: those whose vectors another one made get a job that makes new
 * ones beside them. Called at the start and after each change of a setting; doing it twice changes nothing.
 */
export async function applyEmbedderSettings(
  core: Pick<Core, 'stores' | 'models' | 'settingDefaults' | 'clock' | 'signals'>,
): Promise<void> {
  const { embedder } = await currentSettings(core);
  let isQueued = false;
  for (const { workspaceId, wanted, active, next } of await core.stores.embeddings.survey()) {
    const target = core.models.embedders.modelIdOf(wanted ?? embedder);
    if (active === null || (next ?? active) === target) continue;
    isQueued = (await core.stores.embeddings.follow(workspaceId, target, new Date(core.clock.now()))) || isQueued;
  }
  if (isQueued) core.signals.ingest.wake();
}
