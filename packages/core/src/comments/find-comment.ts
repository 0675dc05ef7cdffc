import type { Actor } from '@lorebox/contract/actor';
import type { Comment } from '@lorebox/contract/comment';
import { AppError } from '@lorebox/contract/errors';
import type { ThreadWithState } from '@lorebox/ports/chat-stores';
import type { StoredComment } from '@lorebox/ports/comment-store';
import { findReadableThread } from '../access/find-thread.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

/** Finds a comment in a thread that the actor may read. */
export async function findComment(
  core: Core,
  actor: Actor,
  commentId: string,
): Promise<{ comment: StoredComment; thread: ThreadWithState }> {
  requireScope(actor, 'chat');
  const comment = await core.stores.comments.get(commentId);
  if (!comment) throw new AppError('NOT_FOUND');
  return { comment, thread: await findReadableThread(core, actor, comment.threadId) };
}

/** Reads a comment again after a change. @throws AppError NOT_FOUND if it was removed in the meantime. */
export async function readComment(core: Core, commentId: string): Promise<Comment> {
  const stored = await core.stores.comments.get(commentId);
  if (!stored) throw new AppError('NOT_FOUND');
  const { workspaceId: _, writtenBy: __, ...comment } = stored;
  return comment;
}
