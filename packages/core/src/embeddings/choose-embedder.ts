import type { Embedder } from '@lorebox/ports/embedder';
import type { Models, Stores } from '../core.ts';
import { localOnlyError } from '../models/local-only-error.ts';
import { requireAllowed } from '../models/require-allowed.ts';
import { currentSettings, type SettingsDeps } from '../settings/current-settings.ts';
import { AUTOMATIC, chooseForText, isIncluded } from './included-embedder.ts';

export interface ChooseEmbedderDeps extends SettingsDeps {
  stores: Pick<Stores, 'settings' | 'embeddings'>;
  models: Pick<Models, 'embedders'>;
}

/** The default embedder, for texts that belong to no workspace. */
export async function defaultEmbedder(deps: SettingsDeps & Pick<ChooseEmbedderDeps, 'models'>): Promise<Embedder> {
  const { embedder } = await currentSettings(deps);
  return deps.models.embedders.get(embedder);
}

/**
 * The embedder whose vectors the searches of the workspace use. Before the first document, the one it will be embedded
 * with: if that is an included model, `firstText` decides which one.
 */
export async function embedderOf(
  deps: ChooseEmbedderDeps,
  workspace: { id: string; embedder?: string | null | undefined; localOnly: boolean },
  firstText: string | null = null,
): Promise<Embedder> {
  const active = await deps.stores.embeddings.active(workspace.id);
  const name = active ?? workspace.embedder ?? (await currentSettings(deps)).embedder;
  const isUndecided = name === AUTOMATIC && firstText !== null;
  return embedderFor(deps, isUndecided ? chooseForText(deps, firstText) : name, workspace.localOnly);
}

/**
 * Returns the embedder by name.
 * @throws AppError FORBIDDEN if it isn't allowed, or is remote and the workspace is local only.
 */
export async function embedderFor(deps: ChooseEmbedderDeps, name: string, localOnly: boolean): Promise<Embedder> {
  if (localOnly && !deps.models.embedders.isLocal(name)) throw localOnlyError(`the embedder "${name}"`);
  await requireAllowedEmbedder(deps, name);
  return deps.models.embedders.get(name);
}

/** Allowing "shipped" allows all included models, which are also known by their model ids. */
export async function requireAllowedEmbedder(
  deps: SettingsDeps & Pick<ChooseEmbedderDeps, 'models'>,
  name: string,
): Promise<void> {
  await requireAllowed(deps, 'embedder', isIncluded(deps, name) ? AUTOMATIC : name);
}
