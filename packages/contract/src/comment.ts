import { z } from 'zod';
import { Id } from './ids.ts';
import { PageInput } from './page.ts';

/** A remark of a reader on a question or an answer. */
export const Comment = z
  .object({
    id: Id.describe('Id of the comment.'),
    messageId: Id,
    threadId: Id,
    author: z
      .object({
        userId: Id.nullable().describe('Id of the user. Null for API keys of the installation.'),
        username: z.string().nullable().describe('Null for deleted users and for API keys of the installation.'),
      })
      .describe('Who wrote the comment: a user, or the owner of the API key.'),
    text: z.string(),
    mentions: z
      .array(z.string())
      .describe('Usernames that the text names with @, of users who could read the thread when it was written.'),
    resolved: z.boolean().describe('Whether the comment is dealt with.'),
    createdAt: z.date(),
    updatedAt: z.date(),
  })
  .meta({ id: 'Comment' });
export type Comment = z.infer<typeof Comment>;

const commentId = Id.describe('Id of the comment.');
const text = z.string().trim().min(1).max(10_000).describe('Text of the comment. Names users with @.');

export const CommentRef = z.object({ commentId });
export const CreateCommentInput = z.object({ messageId: Id, text });
export type CreateCommentInput = z.infer<typeof CreateCommentInput>;
export const UpdateCommentInput = z.object({ commentId, text });
export type UpdateCommentInput = z.infer<typeof UpdateCommentInput>;
export const ResolveCommentInput = z.object({
  commentId,
  resolved: z.boolean().describe('True when the comment is dealt with, false to reopen it.'),
});
export type ResolveCommentInput = z.infer<typeof ResolveCommentInput>;
export const ListCommentsInput = z.object({ threadId: Id, ...PageInput.shape });
export type ListCommentsInput = z.infer<typeof ListCommentsInput>;
