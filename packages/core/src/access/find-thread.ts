import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { StoredThread, ThreadOwner, ThreadViewer, ThreadWithState } from '@lorebox/ports/chat-stores';
import type { Core } from '../core.ts';
import { visibilityOf } from './find-workspace.ts';

/** The owner of a new thread: a user, a key together with its owner, or the session of a widget's visitor. */
export function threadOwnerOf(actor: Actor): ThreadOwner {
  if (actor.kind === 'user') return { userId: actor.userId, keyId: null };
  if (actor.kind === 'apiKey') return { userId: actor.ownerId, keyId: actor.keyId };
  if (actor.kind === 'embed') return { userId: null, keyId: actor.sessionId };
  return { userId: null, keyId: null };
}

/**
 * Threads belong to the user or key that started them. A user sees their own and those of their keys, and a key only its
 * own. Being a manager or admin gives no access. Threads without an owner are visible to admins and to keys of the
 * installation with all scopes.
 */
export function threadViewerOf(actor: Actor): ThreadViewer {
  if (actor.kind === 'user') return { userId: actor.userId, seesUnowned: actor.role === 'admin' };
  if (actor.kind === 'system') return { userId: '', seesUnowned: true };
  if (actor.kind === 'embed') return { keyId: actor.sessionId, seesUnowned: false };
  const { keyId, ownerId, workspaceId, scopes } = actor;
  return { keyId, seesUnowned: ownerId === null && workspaceId === null && scopes.includes('*') };
}

export function seesThreadOf(actor: Actor, owner: ThreadOwner): boolean {
  if (actor.kind === 'system') return true;
  const viewer = threadViewerOf(actor);
  if (owner.userId === null && owner.keyId === null) return viewer.seesUnowned;
  return 'userId' in viewer ? owner.userId === viewer.userId : owner.keyId === viewer.keyId;
}

/** Returns whether the actor may read the thread, provided that they can see its workspace. */
export function mayReadThread(actor: Actor, thread: ThreadOwner & Pick<StoredThread, 'visibility'>): boolean {
  return (thread.visibility === 'workspace' && actor.kind !== 'embed') || seesThreadOf(actor, thread);
}

/**
 * Finds a thread that the actor may read: their own, or one that is shared with a workspace that they can see.
 * @throws AppError NOT_FOUND
 */
export async function findReadableThread(core: Core, actor: Actor, threadId: string): Promise<ThreadWithState> {
  const thread = await core.stores.threads.get(threadId);
  if (!thread || !mayReadThread(actor, thread)) throw new AppError('NOT_FOUND');
  if (!(await core.stores.workspaces.find(thread.workspaceId, visibilityOf(actor)))) throw new AppError('NOT_FOUND');
  return thread;
}

/**
 * Finds a thread that the actor may change.
 * @throws AppError NOT_FOUND if the actor can't see it, FORBIDDEN if somebody else shares it.
 */
export async function findThread(core: Core, actor: Actor, threadId: string): Promise<ThreadWithState> {
  const thread = await findReadableThread(core, actor, threadId);
  requireOwnThread(actor, thread);
  return thread;
}

/** @throws AppError FORBIDDEN */
export function requireOwnThread(actor: Actor, owner: ThreadOwner): void {
  if (seesThreadOf(actor, owner)) return;
  throw new AppError('FORBIDDEN', 'This thread is shared with you for reading. Branch it to continue it as your own.');
}
