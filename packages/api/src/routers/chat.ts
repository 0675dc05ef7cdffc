import { type AnswerEvent, AskInput, AskStarted, MAX_QUESTION_LENGTH, WatchInput } from '@lorebox/contract/chat';
import { Id } from '@lorebox/contract/ids';
import { ask } from '@lorebox/core/chat/ask';
import { editAndResend, regenerate } from '@lorebox/core/chat/ask-again';
import { cancel, watch } from '@lorebox/core/chat/watch';
import { type TrackedEnvelope, tracked } from '@trpc/server';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';
import { whileAuthorized } from '../while-authorized.ts';

const tags = ['chat'];
const Again = z.object({
  messageId: Id,
  ...AskInput.pick({ mode: true, model: true, documentIds: true, images: true }).shape,
});

export const chatRouter = router({
  ask: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/workspaces/{workspace}/ask',
        tags,
        summary: 'Ask; follow the answer with watch',
      },
    })
    .input(AskInput)
    .output(AskStarted)
    .mutation(({ ctx, input }) => ask(ctx.core, ctx.actor, input)),
  watch: procedure
    .meta({
      openapi: { method: 'GET', path: '/answers/{answerId}/events', tags, summary: 'Events of an answer, resumable' },
    })
    .input(WatchInput)
    // Made by core in the contract's own types; parsing every token again would cost more than the rest of the turn.
    .output(z.custom<AsyncIterable<TrackedEnvelope<AnswerEvent>>>())
    .subscription(async function* ({ ctx, input }) {
      const events = whileAuthorized(ctx, (signal) => watch(ctx.core, ctx.actor, input, signal));
      for await (const event of events) yield tracked(String(event.seq), event);
    }),
  cancel: procedure
    .meta({ openapi: { method: 'POST', path: '/answers/{answerId}/cancel', tags, summary: 'Stop an answer' } })
    .input(z.object({ answerId: Id }))
    .output(z.object({ ok: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await cancel(ctx.core, ctx.actor, input.answerId);
      return { ok: true } as const;
    }),
  regenerate: procedure
    .meta({ openapi: { method: 'POST', path: '/messages/{messageId}/regenerate', tags, summary: 'Answer again' } })
    .input(Again)
    .output(AskStarted)
    .mutation(({ ctx, input }) => regenerate(ctx.core, ctx.actor, input)),
  editAndResend: procedure
    .meta({ openapi: { method: 'POST', path: '/messages/{messageId}/resend', tags, summary: 'Ask in other words' } })
    .input(Again.extend({ question: z.string().trim().min(1).max(MAX_QUESTION_LENGTH) }))
    .output(AskStarted)
    .mutation(({ ctx, input }) => editAndResend(ctx.core, ctx.actor, input)),
});
