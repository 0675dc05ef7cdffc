import type { Actor } from '@lorebox/contract/actor';
import { findWorkspace } from '@lorebox/core/access/find-workspace';
import { hasScope, userIdOf } from '@lorebox/core/access/require-scope';
import type { Core } from '@lorebox/core/core';
import { createWorkspace } from '@lorebox/core/workspaces/create-workspace';
import type { Call } from './call.ts';
import { badRequest } from './errors.ts';
import { isNotFound } from './target.ts';

export const WORKSPACE_HEADER = 'x-lorebox-workspace';
const NAME = 'Files';
const NO_WORKSPACE =
  'Missing workspace. Set the header X-Lorebox-Workspace or the field "workspace" before the file, or use an API key ' +
  'that is bound to one workspace. (Files without a workspace need the right to create workspaces.)';

/** Returns the workspace that the request names by header or key. */
export function namedWorkspace({ c, actor }: Call): string | undefined {
  return c.req.header(WORKSPACE_HEADER) ?? boundWorkspace(actor) ?? undefined;
}

function boundWorkspace(actor: Actor): string | null {
  return actor.kind === 'apiKey' ? actor.workspaceId : null;
}

/** Returns this user's workspace for files without a workspace, or null if there is none. */
export async function findFilesWorkspace({ core, actor }: Call): Promise<string | null> {
  const id = await core.stores.settings.get(settingOf(actor));
  if (id === null) return null;
  try {
    return (await findWorkspace(core, actor, id, 'viewer')).id;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** Clients upload files concurrently: the first upload creates the workspace for all of them. */
const creations = new Map<string, Promise<string>>();

/**
 * Like `findFilesWorkspace`, but creates it if it is missing. @throws OpenAiError for callers who may not create
 * workspaces.
 */
export async function openFilesWorkspace(call: Call): Promise<string> {
  const { core, actor } = call;
  const known = await findFilesWorkspace(call);
  if (known !== null) return known;
  if (boundWorkspace(actor) !== null || !hasScope(actor, 'workspaces:write'))
    throw badRequest(NO_WORKSPACE, 'workspace');
  const name = settingOf(actor);
  const creation = creations.get(name) ?? create(core, actor).finally(() => creations.delete(name));
  creations.set(name, creation);
  return creation;
}

async function create(core: Core, actor: Actor): Promise<string> {
  const { id } = await createWorkspace(core, actor, { name: NAME });
  await core.stores.settings.set(settingOf(actor), id);
  return id;
}

/** A user and their keys share one workspace. */
function settingOf(actor: Actor): string {
  return `openai-files-workspace:${userIdOf(actor) ?? 'installation'}`;
}
