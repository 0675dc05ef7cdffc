import type { ModelInfo } from '@lorebox/contract/model';
import type { Workspace } from '@lorebox/contract/workspace';
import { hasScope, requireScope } from '@lorebox/core/access/require-scope';
import { listModels } from '@lorebox/core/models/list-models';
import { getWorkspace } from '@lorebox/core/workspaces/get-workspace';
import { listWorkspaces } from '@lorebox/core/workspaces/list-workspaces';
import { type Call, toSeconds } from './call.ts';
import { noSuchModel, type OpenAiError } from './errors.ts';
import { isNotFound, WORKSPACE_PREFIX } from './target.ts';

/** Maximum number of workspaces in a list. The others are still usable as models. */
const MAX_WORKSPACES = 1000;
const PAGE = 200;

/** The workspaces of the caller, followed by the raw models. Each part requires permission to list it. */
export async function answerModels(call: Call): Promise<Response> {
  const { actor } = call;
  if (!hasScope(actor, 'models:read')) requireScope(actor, 'workspaces:read');
  return call.c.json({ object: 'list', data: await usableModels(call) });
}

/** Returns the models that the caller may list, for the error about an unknown model. */
export async function modelNotFound(call: Call, model: string): Promise<OpenAiError> {
  const known = await usableModels(call);
  return noSuchModel(
    model,
    known.map(({ id }) => id),
  );
}

async function usableModels(call: Call) {
  const workspaces = hasScope(call.actor, 'workspaces:read') ? await visibleWorkspaces(call) : [];
  const raw = hasScope(call.actor, 'models:read') ? await rawModels(call) : [];
  return [...workspaces, ...raw];
}

export async function answerModel(call: Call): Promise<Response> {
  const id = call.c.req.param('id') ?? '';
  const workspace = await findWorkspaceModel(call, id);
  const isWorkspace = id.startsWith(WORKSPACE_PREFIX);
  const model =
    workspace ?? (isWorkspace ? [] : await rawModels(call)).find((raw) => raw.id === id || raw.id === `${id}:latest`);
  if (!model) throw await modelNotFound(call, id);
  return call.c.json(model);
}

async function findWorkspaceModel({ core, actor }: Call, id: string) {
  const isNamed = id.startsWith(WORKSPACE_PREFIX);
  if (!isNamed && id.includes(':')) return null;
  try {
    return toWorkspaceModel(await getWorkspace(core, actor, isNamed ? id.slice(WORKSPACE_PREFIX.length) : id));
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return null;
  }
}

async function visibleWorkspaces({ core, actor }: Call) {
  const found: Workspace[] = [];
  let cursor: string | undefined;
  do {
    const page = await listWorkspaces(core, actor, { limit: PAGE, cursor });
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && found.length < MAX_WORKSPACES);
  return found.map(toWorkspaceModel);
}

/** Empty for a key bound to a workspace, because it can't use raw models. */
async function rawModels({ core, actor }: Call) {
  if (actor.kind === 'apiKey' && actor.workspaceId !== null) return [];
  const { models } = await listModels(core, actor);
  return models.filter(({ provider }) => provider !== 'extractive').map((model) => toRawModel(model, core.startedAt));
}

function toWorkspaceModel({ slug, name, createdAt }: Workspace) {
  return {
    id: `${WORKSPACE_PREFIX}${slug}`,
    object: 'model' as const,
    created: toSeconds(createdAt),
    owned_by: 'lorebox',
    name,
  };
}

/** The creation time of a model is unknown, but clients require one, so this is the start of the server. */
function toRawModel({ id, provider, name, contextWindow }: ModelInfo, startedAt: number) {
  return {
    id,
    object: 'model' as const,
    created: toSeconds(startedAt),
    owned_by: provider as string,
    name,
    context_window: contextWindow,
  };
}
