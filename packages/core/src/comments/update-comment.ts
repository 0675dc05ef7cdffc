import type { Actor } from '@lorebox/contract/actor';
import type { Comment, ResolveCommentInput, UpdateCommentInput } from '@lorebox/contract/comment';
import { AppError } from '@lorebox/contract/errors';
import { nameOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { findComment, readComment } from './find-comment.ts';
import { findMentions } from './find-mentions.ts';

/** @throws AppError FORBIDDEN for a comment of somebody else. */
export async function updateComment(
  core: Core,
  actor: Actor,
  { commentId, text }: UpdateCommentInput,
): Promise<Comment> {
  const { comment, thread } = await findComment(core, actor, commentId);
  if (comment.writtenBy !== nameOf(actor))
    throw new AppError('FORBIDDEN', 'Only the author of a comment can change its text.');
  const updatedAt = new Date(core.clock.now());
  const mentionedIds = await findMentions(core, thread, text);
  await core.stores.comments.update(comment.id, { text, mentionedIds, updatedAt });
  return readComment(core, comment.id);
}

/** Everyone who may read the thread can resolve its comments, and reopen them. */
export async function resolveComment(
  core: Core,
  actor: Actor,
  { commentId, resolved }: ResolveCommentInput,
): Promise<Comment> {
  const { comment } = await findComment(core, actor, commentId);
  await core.stores.comments.resolve(comment.id, resolved, new Date(core.clock.now()));
  return readComment(core, comment.id);
}
