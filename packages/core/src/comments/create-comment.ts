import type { Actor } from '@lorebox/contract/actor';
import type { Comment, CreateCommentInput } from '@lorebox/contract/comment';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import { findReadableThread } from '../access/find-thread.ts';
import { requireScope, userIdOf } from '../access/require-scope.ts';
import { nameOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { readComment } from './find-comment.ts';
import { findMentions } from './find-mentions.ts';

const MAX_COMMENTS_PER_THREAD = 2000;

/** Anyone who can read a thread can comment on its messages. */
export async function createComment(
  core: Core,
  actor: Actor,
  { messageId, text }: CreateCommentInput,
): Promise<Comment> {
  requireScope(actor, 'chat');
  const { stores, clock } = core;
  const message = await stores.threads.getMessage(messageId);
  if (!message) throw new AppError('NOT_FOUND');
  const thread = await findReadableThread(core, actor, message.threadId);
  if ((await stores.comments.count(thread.id)) >= MAX_COMMENTS_PER_THREAD) {
    const limit = MAX_COMMENTS_PER_THREAD.toLocaleString('en');
    throw new AppError('UNPROCESSABLE', `A thread has at most ${limit} comments. Delete one first.`);
  }
  const id = createId('cmt');
  await stores.comments.create({
    id,
    messageId,
    threadId: thread.id,
    workspaceId: thread.workspaceId,
    author: nameOf(actor),
    userId: userIdOf(actor),
    text,
    mentionedIds: await findMentions(core, thread, text),
    createdAt: new Date(clock.now()),
  });
  return readComment(core, id);
}
