import type { Embedder } from '@lorebox/ports/embedder';
import type { Core } from '../core.ts';
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
  workspace: { id: string; embedder?: string | null | undefined },
): Promise<Embedder> {
  const active = await deps.embeddings.active(workspace.id);
  const name = active ?? workspace.embedder;
  return name ? deps.embedders.get(name) : defaultEmbedder(deps);
}
