import type { Workspace } from '@lorebox/contract/workspace';
import type { ChatModel } from '@lorebox/ports/chat-model';
import type { Services } from '../core.ts';
import { localOnlyError } from './local-only-error.ts';
import { requireAllowed } from './require-allowed.ts';

export type Rules = Pick<Workspace, 'model' | 'lockModel' | 'localOnly'>;

/**
 * The model that answers in the workspace. Whether it may is decided before anybody is asked for it.
 * @throws AppError FORBIDDEN for one that is not allowed, or not local where it must be; what `resolve` throws.
 */
export async function chooseModel(core: Services, workspace: Rules, id: string | null): Promise<ChatModel> {
  await requireAllowed(core, 'model', id === null ? null : core.models.chat.fullId(id));
  if (!workspace.localOnly) return core.models.chat.resolve(id);
  const what = id === null ? 'the default model' : `the model "${id}"`;
  if (!(await core.models.chat.isLocal(id))) throw localOnlyError(what);
  const model = await core.models.chat.resolve(id);
  if (model.kind === 'language-model' && !model.isLocal) throw localOnlyError(what);
  return model;
}
