import { Feedback, ListMessagesInput, ListThreadsInput, Message, Thread } from '@lorebox/contract/chat';
import { Id } from '@lorebox/contract/ids';
import { pageOf } from '@lorebox/contract/page';
import { WorkspaceRef } from '@lorebox/contract/workspace';
import { createThread } from '@lorebox/core/threads/create-thread';
import { deleteMessage } from '@lorebox/core/threads/delete-message';
import { deleteThread } from '@lorebox/core/threads/delete-thread';
import { listMessages } from '@lorebox/core/threads/list-messages';
import { listThreads } from '@lorebox/core/threads/list-threads';
import { rateMessage } from '@lorebox/core/threads/rate-message';
import { renameThread } from '@lorebox/core/threads/rename-thread';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

const Ok = z.object({ ok: z.literal(true) });
const ok = { ok: true } as const;
const tags = ['threads'];
const Title = z.string().trim().min(1).max(200);

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
    .input(z.object({ ...WorkspaceRef.shape, title: Title.default('New thread') }))
    .output(Thread)
    .mutation(({ ctx, input }) => createThread(ctx.core, ctx.actor, input.workspace, input.title)),
  list: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/workspaces/{workspace}/threads',
        tags,
        scopes: ['chat'],
        summary: 'List threads, newest first',
      },
    })
    .input(ListThreadsInput)
    .output(pageOf(Thread))
    .query(({ ctx, input }) => listThreads(ctx.core, ctx.actor, input.workspace, input)),
  rename: procedure
    .meta({
      openapi: { method: 'PATCH', path: '/threads/{threadId}', tags, scopes: ['chat'], summary: 'Rename a thread' },
    })
    .input(z.object({ threadId: Id, title: Title }))
    .output(Ok)
    .mutation(async ({ ctx, input }) => {
      await renameThread(ctx.core, ctx.actor, input.threadId, input.title);
      return ok;
    }),
  delete: procedure
    .meta({
      openapi: { method: 'DELETE', path: '/threads/{threadId}', tags, scopes: ['chat'], summary: 'Delete a thread' },
    })
    .input(z.object({ threadId: Id }))
    .output(Ok)
    .mutation(async ({ ctx, input }) => {
      await deleteThread(ctx.core, ctx.actor, input.threadId);
      return ok;
    }),
  messages: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/threads/{threadId}/messages',
        tags,
        scopes: ['chat'],
        summary: 'List messages, oldest first',
      },
    })
    .input(ListMessagesInput)
    .output(pageOf(Message))
    .query(({ ctx, input }) => listMessages(ctx.core, ctx.actor, input.threadId, input)),
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
        share: z
          .boolean()
          .default(false)
          .describe('Lets the workspace owners read the question and the answer and use them as a test question.'),
      }),
    )
    .output(Ok)
    .mutation(async ({ ctx, input }) => {
      await rateMessage(ctx.core, ctx.actor, input.messageId, input.feedback, input.share);
      return ok;
    }),
  deleteMessage: procedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/messages/{messageId}',
        tags,
        scopes: ['chat'],
        summary: 'Delete a message, or a question with its answer',
      },
    })
    .input(z.object({ messageId: Id }))
    .output(Ok)
    .mutation(async ({ ctx, input }) => {
      await deleteMessage(ctx.core, ctx.actor, input.messageId);
      return ok;
    }),
});
