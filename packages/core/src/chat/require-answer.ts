import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import { seesThreadOf } from '../access/find-thread.ts';
import { visibilityOf } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

/** @throws AppError NOT_FOUND for an answer that the actor may not see. */
export async function requireAnswer(core: Core, actor: Actor, answerId: string): Promise<void> {
  requireScope(actor, 'chat');
  const answer = await core.stores.answers.get(answerId);
  if (!answer || !seesThreadOf(actor, answer)) throw new AppError('NOT_FOUND');
  if (!(await core.stores.workspaces.find(answer.workspaceId, visibilityOf(actor)))) throw new AppError('NOT_FOUND');
}
