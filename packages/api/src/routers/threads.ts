import {
  Feedback,
  ListMessagesInput,
  ListThreadsInput,
  MAX_FEEDBACK_REASON_LENGTH,
  Message,
  Thread,
  ThreadTitle,
  UpdateThreadInput,
} from '@lorebox/contract/chat';
import { Id } from '@lorebox/contract/ids';
import { pageOf } from '@lorebox/contract/page';
import { WorkspaceRef } from '@lorebox/contract/workspace';
import { branchThread } from '@lorebox/core/threads/branch-thread';
import { createThread } from '@lorebox/core/threads/create-thread';
import { deleteMessage } from '@lorebox/core/threads/delete-message';
import { deleteThread } from '@lorebox/core/threads/delete-thread';
import { getMessage } from '@lorebox/core/threads/get-message';
import { getThread } from '@lorebox/core/threads/get-thread';
import { listMessages } from '@lorebox/core/threads/list-messages';
import { listThreads } from '@lorebox/core/threads/list-threads';
import { rateMessage } from '@lorebox/core/threads/rate-message';
import { updateThread } from '@lorebox/core/threads/update-thread';
import { z } from 'zod';
import { NoContent, procedure, router } from '../trpc.ts';

const tags = ['threads'];
const ThreadRef = z.object({ threadId: Id });
const MessageRef = z.object({ messageId: Id });

export const threadsRouter = router({
  create: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/workspaces/{workspace}/threads',
        tags,
        scopes: ['chat'],
        example: { input: { title: 'Opening hours' } },
        summary: 'Create a thread',
        status: 201,
      },
    })
    .input(z.object({ ...WorkspaceRef.shape, title: ThreadTitle.default('New thread') }))
    .output(Thread)
    .mutation(({ ctx, input }) => createThread(ctx.core, ctx.actor, input.workspace, input.title)),
  list: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/workspaces/{workspace}/threads',
        tags,
        scopes: ['chat'],
        summary: 'List threads, pinned first, then by last activity',
      },
    })
    .input(ListThreadsInput)
    .output(pageOf(Thread))
    .query(({ ctx, input }) => listThreads(ctx.core, ctx.actor, input)),
  get: procedure
    .meta({
      openapi: { method: 'GET', path: '/threads/{threadId}', tags, scopes: ['chat'], summary: 'Get a thread' },
    })
    .input(ThreadRef)
    .output(Thread)
    .query(({ ctx, input }) => getThread(ctx.core, ctx.actor, input.threadId)),
  update: procedure
    .meta({
      openapi: {
        method: 'PATCH',
        path: '/threads/{threadId}',
        tags,
        scopes: ['chat'],
        example: { input: { title: 'Opening hours' } },
        summary: 'Update a thread',
        description: 'Rename, pin, archive or share a thread. Omitted fields are not changed.',
      },
    })
    .input(UpdateThreadInput)
    .output(Thread)
    .mutation(({ ctx, input }) => updateThread(ctx.core, ctx.actor, input)),
  delete: procedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/threads/{threadId}',
        tags,
        scopes: ['chat'],
        summary: 'Delete a thread',
        status: 204,
      },
    })
    .input(ThreadRef)
    .output(NoContent)
    .mutation(async ({ ctx, input }) => {
      await deleteThread(ctx.core, ctx.actor, input.threadId);
    }),
  messages: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/threads/{threadId}/messages',
        tags,
        scopes: ['chat'],
        summary: 'List messages, oldest first unless `order` says otherwise',
      },
    })
    .input(ListMessagesInput)
    .output(pageOf(Message))
    .query(({ ctx, input }) => listMessages(ctx.core, ctx.actor, input.threadId, input)),
  getMessage: procedure
    .meta({
      openapi: { method: 'GET', path: '/messages/{messageId}', tags, scopes: ['chat'], summary: 'Get a message' },
    })
    .input(MessageRef)
    .output(Message)
    .query(({ ctx, input }) => getMessage(ctx.core, ctx.actor, input.messageId)),
  rateMessage: procedure
    .meta({
      openapi: {
        method: 'PUT',
        path: '/messages/{messageId}/feedback',
        tags,
        scopes: ['chat'],
        example: { input: { feedback: 'up' } },
        summary: 'Rate an answer, or remove the rating with null',
      },
    })
    .input(
      z.object({
        messageId: Id,
        feedback: Feedback.nullable(),
        reason: z
          .string()
          .trim()
          .max(MAX_FEEDBACK_REASON_LENGTH)
          .nullable()
          .optional()
          .describe('Why, in your words. Omitted or null removes an earlier reason.'),
        share: z
          .boolean()
          .default(false)
          .describe('Lets the workspace owners read the question and the answer and use them as a test question.'),
      }),
    )
    .output(Message)
    .mutation(({ ctx, input }) =>
      rateMessage(ctx.core, ctx.actor, input.messageId, input.feedback, input.share, input.reason || null),
    ),
  branch: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/messages/{messageId}/branch',
        tags,
        scopes: ['chat'],
        summary: 'Branch a thread',
        description:
          'Creates a private thread of yours with copies of the messages up to and including this one. Threads that others share can be branched too.',
        status: 201,
      },
    })
    .input(MessageRef)
    .output(Thread)
    .mutation(({ ctx, input }) => branchThread(ctx.core, ctx.actor, input.messageId)),
  deleteMessage: procedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/messages/{messageId}',
        tags,
        scopes: ['chat'],
        summary: 'Delete a message, or a question with its answer',
        status: 204,
      },
    })
    .input(MessageRef)
    .output(NoContent)
    .mutation(async ({ ctx, input }) => {
      await deleteMessage(ctx.core, ctx.actor, input.messageId);
    }),
});
