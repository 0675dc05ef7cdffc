import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { StoredThread } from '@lorebox/ports/chat-stores';
import type { Core } from '../core.ts';
import { visibilityOf } from './find-workspace.ts';

/** Threads are private: a user sees their own, a key those that keys made, a key with all scopes every one. */
export function seesThreadOf(actor: Actor, userId: string | null): boolean {
  if (actor.kind === 'system') return true;
  if (actor.kind === 'user') return userId === actor.userId || (userId === null && actor.role === 'admin');
  return userId === null || actor.scopes.includes('*');
}

export async function findThread(core: Core, actor: Actor, threadId: string): Promise<StoredThread> {
  const thread = await core.threads.get(threadId);
  if (!thread || !seesThreadOf(actor, thread.userId)) throw new AppError('NOT_FOUND');
  if (!(await core.workspaces.find(thread.workspaceId, visibilityOf(actor)))) throw new AppError('NOT_FOUND');
  return thread;
}
