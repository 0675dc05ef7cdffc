import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import { mayReadThread, requireOwnThread } from '../access/find-thread.ts';
import { visibilityOf } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

/**
 * `change` is for stopping the answer, which only the owner of the thread may do.
 * @throws AppError NOT_FOUND if the actor can't see the answer, FORBIDDEN if they may only read it.
 */
export async function requireAnswer(
  core: Core,
  actor: Actor,
  answerId: string,
  access: 'read' | 'change' = 'read',
): Promise<void> {
  requireScope(actor, 'chat');
  const answer = await core.stores.answers.get(answerId);
  if (!answer || !mayReadThread(actor, answer)) throw new AppError('NOT_FOUND');
  if (!(await core.stores.workspaces.find(answer.workspaceId, visibilityOf(actor)))) throw new AppError('NOT_FOUND');
  if (access === 'change') requireOwnThread(actor, answer);
}
