import type { Embedder } from '@lorebox/ports/embedder';
import type { Core } from '../core.ts';
import { notLocal, requireAllowed } from '../models/allowed.ts';
import { currentSettings } from '../settings/settings.ts';

type Deps = Pick<Core, 'embedders' | 'embeddings' | 'settings' | 'settingDefaults'>;

/** The installation's embedder, for whatever belongs to no workspace. */
export async function defaultEmbedder(deps: Omit<Deps, 'embeddings'>): Promise<Embedder> {
  const { embedder } = await currentSettings(deps);
  return deps.embedders.get(embedder);
}

/** The embedder whose vectors the workspace's searches use; until there is one, the one that its first document will get. */
export async function embedderOf(
  deps: Deps,
  workspace: { id: string; embedder?: string | null | undefined; localOnly: boolean },
): Promise<Embedder> {
  const active = await deps.embeddings.active(workspace.id);
  const name = active ?? workspace.embedder ?? (await currentSettings(deps)).embedder;
  return embedderFor(deps, name, workspace.localOnly);
}

/** The embedder by name, if it is allowed. @throws AppError FORBIDDEN for one that must not get the texts. */
export async function embedderFor(deps: Deps, name: string, localOnly: boolean): Promise<Embedder> {
  if (localOnly && !deps.embedders.isLocal(name)) throw notLocal(`the embedder "${name}"`);
  await requireAllowedEmbedder(deps, name);
  return deps.embedders.get(name);
}

/** The shipped one goes by the name of its model as well. */
async function requireAllowedEmbedder(deps: Deps, name: string): Promise<void> {
  const isShipped = name === deps.embedders.modelIdOf('shipped');
  await requireAllowed(deps, 'embedder', isShipped ? 'shipped' : name);
}
