import { AppError } from '@lorebox/contract/errors';
import type { Workspace } from '@lorebox/contract/workspace';
import type { ChatModel } from '@lorebox/ports/chat-model';
import type { Services } from '../core.ts';
import { notLocal, requireAllowed } from './allowed.ts';

type Rules = Pick<Workspace, 'model' | 'lockModel' | 'localOnly'>;

/** The model that a caller asks for instead of the workspace's. @throws AppError FORBIDDEN where the workspace locks its own. */
export function requireMayOverride(workspace: Rules, wanted: string | null | undefined): void {
  if (!workspace.lockModel || wanted === undefined || wanted === null || wanted === workspace.model) return;
  throw new AppError('FORBIDDEN', "This workspace doesn't allow choosing a model per question. Leave out `model`.");
}

/**
 * The model that answers in the workspace. Whether it may is decided before anybody is asked for it.
 * @throws AppError FORBIDDEN for one that is not allowed, or not local where it must be; what `resolve` throws.
 */
export async function chooseModel(core: Services, workspace: Rules, id: string | null): Promise<ChatModel> {
  await requireAllowed(core, 'model', id === null ? null : core.models.chat.fullId(id));
  if (!workspace.localOnly) return core.models.chat.resolve(id);
  const what = id === null ? 'the default model' : `the model "${id}"`;
  if (!(await core.models.chat.isLocal(id))) throw notLocal(what);
  const model = await core.models.chat.resolve(id);
  if (model.kind === 'language-model' && !model.isLocal) throw notLocal(what);
  return model;
}
