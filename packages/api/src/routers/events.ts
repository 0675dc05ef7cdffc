import { ListEventsInput, LoreboxEvent } from '@lorebox/contract/event';
import { pageOf } from '@lorebox/contract/page';
import { resolveScope } from '@lorebox/core/access/resolve-scope';
import { listEvents } from '@lorebox/core/events/list-events';
import { watchEvents } from '@lorebox/core/events/watch-events';
import { type TrackedEnvelope, tracked } from '@trpc/server';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';
import { whileAuthorized } from '../while-authorized.ts';

const about = { tags: ['events'], scopes: ['events:read'] };

export const eventsRouter = router({
  list: procedure
    .meta({ openapi: { ...about, method: 'GET', path: '/events', summary: 'List events, newest first' } })
    .input(ListEventsInput)
    .output(pageOf(LoreboxEvent))
    .query(({ ctx, input }) => listEvents(ctx.core, ctx.actor, input)),
  watch: procedure
    .meta({
      openapi: {
        ...about,
        method: 'GET',
        path: '/events/stream',
        summary: 'Stream events',
        description: 'Starts now, or after the event in `Last-Event-ID`. Webhooks receive the same events.',
        event: LoreboxEvent,
        endless: true,
      },
    })
    .input(
      z.object({ workspace: ListEventsInput.shape.workspace, lastEventId: z.string().max(64).optional() }).optional(),
    )
    .output(z.custom<AsyncIterable<TrackedEnvelope<LoreboxEvent>>>())
    .subscription(async function* ({ ctx, input, signal: gone }) {
      const events = whileAuthorized(
        ctx,
        gone,
        (signal) => watchEvents(ctx.core, ctx.actor, input ?? {}, signal),
        (actor) => resolveScope(ctx.core, actor, input?.workspace),
      );
      for await (const event of events) yield tracked(event.id, event);
    }),
});
