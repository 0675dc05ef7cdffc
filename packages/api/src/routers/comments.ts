import {
  Comment,
  CommentRef,
  CreateCommentInput,
  ListCommentsInput,
  ResolveCommentInput,
  UpdateCommentInput,
} from '@lorebox/contract/comment';
import { PageInput, pageOf } from '@lorebox/contract/page';
import { createComment } from '@lorebox/core/comments/create-comment';
import { deleteComment } from '@lorebox/core/comments/delete-comment';
import { listComments, listMentions } from '@lorebox/core/comments/list-comments';
import { resolveComment, updateComment } from '@lorebox/core/comments/update-comment';
import { NoContent, procedure, router } from '../trpc.ts';

const tags = ['comments'];
const scopes: ['chat'] = ['chat'];

export const commentsRouter = router({
  create: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/messages/{messageId}/comments',
        tags,
        scopes,
        summary: 'Comment on a message',
        description:
          'Anyone who can read a thread can comment on its messages. `@username` mentions a user who can read it too.',
        example: { input: { text: 'Is this still true, @ada?' } },
        status: 201,
      },
    })
    .input(CreateCommentInput)
    .output(Comment)
    .mutation(({ ctx, input }) => createComment(ctx.core, ctx.actor, input)),
  list: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/threads/{threadId}/comments',
        tags,
        scopes,
        summary: 'List the comments in a thread, oldest first',
      },
    })
    .input(ListCommentsInput)
    .output(pageOf(Comment))
    .query(({ ctx, input }) => listComments(ctx.core, ctx.actor, input)),
  mentions: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/mentions',
        tags,
        scopes,
        summary: 'List unresolved comments that mention you, newest first',
      },
    })
    .input(PageInput)
    .output(pageOf(Comment))
    .query(({ ctx, input }) => listMentions(ctx.core, ctx.actor, input)),
  update: procedure
    .meta({
      openapi: {
        method: 'PATCH',
        path: '/comments/{commentId}',
        tags,
        scopes,
        summary: 'Update the text of your comment',
        example: { input: { text: 'Is this still true?' } },
      },
    })
    .input(UpdateCommentInput)
    .output(Comment)
    .mutation(({ ctx, input }) => updateComment(ctx.core, ctx.actor, input)),
  resolve: procedure
    .meta({
      openapi: {
        method: 'PUT',
        path: '/comments/{commentId}/resolved',
        tags,
        scopes,
        summary: 'Resolve or reopen a comment',
        example: { input: { resolved: true } },
      },
    })
    .input(ResolveCommentInput)
    .output(Comment)
    .mutation(({ ctx, input }) => resolveComment(ctx.core, ctx.actor, input)),
  delete: procedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/comments/{commentId}',
        tags,
        scopes,
        summary: 'Delete a comment',
        description: 'The author of a comment and the owner of the thread can delete it.',
        status: 204,
      },
    })
    .input(CommentRef)
    .output(NoContent)
    .mutation(async ({ ctx, input }) => {
      await deleteComment(ctx.core, ctx.actor, input.commentId);
    }),
});
