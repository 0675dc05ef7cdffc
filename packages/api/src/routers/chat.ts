import type { Actor } from '@lorebox/contract/actor';
import {
  Answer,
  AnswerDetails,
  AnswerEvent,
  AnswerStatus,
  AskInput,
  AskStarted,
  MAX_QUESTION_LENGTH,
  WatchInput,
} from '@lorebox/contract/chat';
import { AppError } from '@lorebox/contract/errors';
import { Id } from '@lorebox/contract/ids';
import { findWorkspace } from '@lorebox/core/access/find-workspace';
import { ask } from '@lorebox/core/chat/ask';
import { cancel } from '@lorebox/core/chat/cancel';
import { editAndResend } from '@lorebox/core/chat/edit-and-resend';
import { getAnswer } from '@lorebox/core/chat/get-answer';
import { getDetails } from '@lorebox/core/chat/get-details';
import { regenerate } from '@lorebox/core/chat/regenerate';
import { requireAnswer } from '@lorebox/core/chat/require-answer';
import { watch } from '@lorebox/core/chat/watch';
import type { Core } from '@lorebox/core/core';
import { type TrackedEnvelope, tracked } from '@trpc/server';
import { z } from 'zod';
import { collectAnswer } from '../collect-answer.ts';
import { NoContent, procedure, router, toTrpcError } from '../trpc.ts';
import { whileAuthorized } from '../while-authorized.ts';

const tags = ['chat'];
const ANSWER_DESCRIPTION =
  'With `Accept: text/event-stream`, streams the events of the answer. Each event has an id; if the connection drops, resume ' +
  'at `/answers/{answerId}/events` with `Last-Event-ID`. Otherwise returns the whole answer as JSON. Disconnecting does not cancel the answer.';
const AnswerRef = z.object({ answerId: Id });
const Again = z.object({
  messageId: Id,
  ...AskInput.pick({
    mode: true,
    model: true,
    documentIds: true,
    metadata: true,
    images: true,
    allowRemoteContent: true,
  }).shape,
});

async function* askAndWatch(
  core: Core,
  actor: Actor,
  input: AskInput,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  const { answerId } = await ask(core, actor, input);
  yield* watch(core, actor, { answerId }, signal);
}

export const chatRouter = router({
  ask: procedure
    .meta({
      largeBody: true,
      openapi: {
        method: 'POST',
        path: '/workspaces/{workspace}/answers',
        tags,
        scopes: ['chat'],
        example: { input: { question: 'When does the bakery open?' } },
        summary: 'Ask in the background',
        status: 202,
      },
    })
    .input(AskInput)
    .output(AskStarted)
    .mutation(({ ctx, input }) => ask(ctx.core, ctx.actor, input)),
  answer: procedure
    .meta({
      largeBody: true,
      openapi: {
        method: 'POST',
        path: '/workspaces/{workspace}/ask',
        tags,
        scopes: ['chat'],
        example: { input: { question: 'When does the bakery open?' } },
        summary: 'Ask a question',
        description: ANSWER_DESCRIPTION,
        event: AnswerEvent,
        collect: { schema: Answer, from: collectAnswer },
      },
    })
    .input(AskInput.extend({ lastEventId: z.string().optional() }))
    .output(z.custom<AsyncIterable<TrackedEnvelope<AnswerEvent>>>())
    .subscription(async function* ({ ctx, signal: gone, input: { lastEventId, ...input } }) {
      // Asking again would create another answer.
      if (lastEventId)
        throw toTrpcError(new AppError('BAD_REQUEST', 'To resume, read the events of the answer by its id.'));
      const events = whileAuthorized(
        ctx,
        gone,
        (signal) => askAndWatch(ctx.core, ctx.actor, input, signal),
        (actor) => findWorkspace(ctx.core, actor, input.workspace, 'viewer'),
      );
      for await (const event of events) yield tracked(String(event.seq), event);
    }),
  watch: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/answers/{answerId}/events',
        tags,
        scopes: ['chat'],
        summary: 'Stream the events of an answer',
        event: AnswerEvent,
      },
    })
    .input(WatchInput)
    // Core creates the events with the contract's types. Parsing every token again would cost more than the rest of the
    // turn.
    .output(z.custom<AsyncIterable<TrackedEnvelope<AnswerEvent>>>())
    .subscription(async function* ({ ctx, input, signal: gone }) {
      const events = whileAuthorized(
        ctx,
        gone,
        (signal) => watch(ctx.core, ctx.actor, input, signal),
        (actor) => requireAnswer(ctx.core, actor, input.answerId),
      );
      for await (const event of events) yield tracked(String(event.seq), event);
    }),
  get: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/answers/{answerId}',
        tags,
        scopes: ['chat'],
        summary: 'Get the status of an answer',
      },
    })
    .input(AnswerRef)
    .output(AnswerStatus)
    .query(({ ctx, input }) => getAnswer(ctx.core, ctx.actor, input.answerId)),
  details: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/messages/{messageId}/details',
        tags,
        scopes: ['chat'],
        summary: 'Get how an answer was made',
        description:
          'The passages that the model received, what did not fit, the tokens, the times and the model of an answer that has ended.',
      },
    })
    .input(z.object({ messageId: Id }))
    .output(AnswerDetails)
    .query(({ ctx, input }) => getDetails(ctx.core, ctx.actor, input.messageId)),
  cancel: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/answers/{answerId}/cancel',
        tags,
        scopes: ['chat'],
        summary: 'Cancel an answer',
        status: 204,
      },
    })
    .input(AnswerRef)
    .output(NoContent)
    .mutation(async ({ ctx, input }) => {
      await cancel(ctx.core, ctx.actor, input.answerId);
    }),
  regenerate: procedure
    .meta({
      largeBody: true,
      openapi: {
        method: 'POST',
        path: '/messages/{messageId}/regenerate',
        tags,
        scopes: ['chat'],
        summary: 'Regenerate an answer',
        status: 202,
      },
    })
    .input(Again)
    .output(AskStarted)
    .mutation(({ ctx, input }) => regenerate(ctx.core, ctx.actor, input)),
  editAndResend: procedure
    .meta({
      largeBody: true,
      openapi: {
        method: 'POST',
        path: '/messages/{messageId}/resend',
        tags,
        scopes: ['chat'],
        example: { input: { question: 'When does it open on Sundays?' } },
        summary: 'Edit a question',
        status: 202,
      },
    })
    .input(Again.extend({ question: z.string().trim().min(1).max(MAX_QUESTION_LENGTH) }))
    .output(AskStarted)
    .mutation(({ ctx, input }) => editAndResend(ctx.core, ctx.actor, input)),
});
