import type { Core } from '../core.ts';
import { currentSettings } from '../settings/settings.ts';

/**
 * Brings every workspace to the embedder that it is to have: those whose vectors another one made get a job that makes new
 * ones beside them. Called at the start and after each change of a setting; doing it twice changes nothing.
 */
export async function followEmbedder(
  core: Pick<Core, 'embeddings' | 'embedders' | 'settings' | 'settingDefaults' | 'clock' | 'ingest'>,
): Promise<void> {
  const { embedder } = await currentSettings(core);
  let isQueued = false;
  for (const { workspaceId, wanted, active, next } of await core.embeddings.survey()) {
    const target = core.embedders.modelIdOf(wanted ?? embedder);
    if (active === null || (next ?? active) === target) continue;
    isQueued = (await core.embeddings.follow(workspaceId, target, new Date(core.clock.now()))) || isQueued;
  }
  if (isQueued) core.ingest.wake();
}
