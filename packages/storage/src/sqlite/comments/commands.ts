import type { CommentStore, NewComment } from '@lorebox/ports/comment-store';
import { eq } from '../../drizzle.ts';
import type { WriteContext } from '../writer/context.ts';
import { commentMentions, comments } from './schema.ts';

function setMentions({ orm }: WriteContext, commentId: string, userIds: readonly string[]): void {
  orm.delete(commentMentions).where(eq(commentMentions.commentId, commentId)).run();
  for (const userId of userIds) orm.insert(commentMentions).values({ userId, commentId }).run();
}

export const commentCommands = {
  'comments.create'(context: WriteContext, { mentionedIds, ...comment }: NewComment) {
    context.orm
      .insert(comments)
      .values({ ...comment, updatedAt: comment.createdAt })
      .run();
    setMentions(context, comment.id, mentionedIds);
  },
  'comments.update'(context: WriteContext, input: { id: string; change: Parameters<CommentStore['update']>[1] }) {
    const { mentionedIds, ...change } = input.change;
    const { changes } = context.orm.update(comments).set(change).where(eq(comments.id, input.id)).run();
    if (changes > 0) setMentions(context, input.id, mentionedIds);
  },
  'comments.resolve'({ orm }: WriteContext, input: { id: string; resolved: boolean; updatedAt: Date }) {
    const { id, ...change } = input;
    orm.update(comments).set(change).where(eq(comments.id, id)).run();
  },
  'comments.remove'({ orm }: WriteContext, id: string) {
    orm.delete(comments).where(eq(comments.id, id)).run();
  },
};
