import type { Embedder } from '@lorebox/ports/embedder';
import type { Models, Stores } from '../core.ts';
import { localOnlyError } from '../models/local-only-error.ts';
import { requireAllowed } from '../models/require-allowed.ts';
import { currentSettings, type SettingsDeps } from '../settings/current-settings.ts';

export interface ChooseEmbedderDeps extends SettingsDeps {
  stores: Pick<Stores, 'settings' | 'embeddings'>;
  models: Pick<Models, 'embedders'>;
}

/** The installation's embedder, for whatever belongs to no workspace. */
export async function defaultEmbedder(deps: SettingsDeps & Pick<ChooseEmbedderDeps, 'models'>): Promise<Embedder> {
  const { embedder } = await currentSettings(deps);
  return deps.models.embedders.get(embedder);
}

/** The embedder whose vectors the workspace's searches use; until there is one, the one that its first document will get. */
export async function embedderOf(
  deps: ChooseEmbedderDeps,
  workspace: { id: string; embedder?: string | null | undefined; localOnly: boolean },
): Promise<Embedder> {
  const active = await deps.stores.embeddings.active(workspace.id);
  const name = active ?? workspace.embedder ?? (await currentSettings(deps)).embedder;
  return embedderFor(deps, name, workspace.localOnly);
}

/** The embedder by name, if it is allowed. @throws AppError FORBIDDEN for one that must not get the texts. */
export async function embedderFor(deps: ChooseEmbedderDeps, name: string, localOnly: boolean): Promise<Embedder> {
  if (localOnly && !deps.models.embedders.isLocal(name)) throw localOnlyError(`the embedder "${name}"`);
  await requireAllowedEmbedder(deps, name);
  return deps.models.embedders.get(name);
}

/** The shipped one goes by the name of its model as well. */
async function requireAllowedEmbedder(deps: ChooseEmbedderDeps, name: string): Promise<void> {
  const isShipped = name === deps.models.embedders.modelIdOf('shipped');
  await requireAllowed(deps, 'embedder', isShipped ? 'shipped' : name);
}
