import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import { seesThreadOf } from '../access/find-thread.ts';
import { nameOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { findComment } from './find-comment.ts';

/** @throws AppError FORBIDDEN for a comment of somebody else in somebody else's thread. */
export async function deleteComment(core: Core, actor: Actor, commentId: string): Promise<void> {
  const { comment, thread } = await findComment(core, actor, commentId);
  if (comment.writtenBy !== nameOf(actor) && !seesThreadOf(actor, thread))
    throw new AppError('FORBIDDEN', 'Only the author of a comment and the owner of the thread can delete it.');
  await core.stores.comments.remove(comment.id);
}
