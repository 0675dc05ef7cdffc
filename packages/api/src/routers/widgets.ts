import { Id } from '@lorebox/contract/ids';
import { pageOf } from '@lorebox/contract/page';
import {
  ConversationExport,
  CreateWidgetInput,
  ExportConversationsInput,
  ListConversationsInput,
  ListWidgetsInput,
  UpdateWidgetInput,
  Widget,
  WidgetConversation,
  WidgetConversationDetails,
  WidgetRef,
} from '@lorebox/contract/widget';
import { exportConversations, getConversation, listConversations } from '@lorebox/core/widgets/conversations';
import { createWidget } from '@lorebox/core/widgets/create-widget';
import { deleteWidget } from '@lorebox/core/widgets/delete-widget';
import { getWidget } from '@lorebox/core/widgets/get-widget';
import { listWidgets } from '@lorebox/core/widgets/list-widgets';
import { updateWidget } from '@lorebox/core/widgets/update-widget';
import { z } from 'zod';
import { NoContent, procedure, router } from '../trpc.ts';

const about: { tags: string[]; scopes: ['workspaces:read', 'workspaces:write'] } = {
  tags: ['widgets'],
  scopes: ['workspaces:read', 'workspaces:write'],
};

export const widgetsRouter = router({
  create: procedure
    .meta({
      openapi: {
        ...about,
        method: 'POST',
        path: '/workspaces/{workspace}/widgets',
        example: { input: { name: 'Website', allowedOrigins: ['https://example.com'] } },
        summary: 'Create a chat widget',
        description:
          'A chat for the visitors of a website, who ask the documents of the workspace without an account. No page can show it until its origin is in `allowedOrigins`.',
        status: 201,
      },
    })
    .input(CreateWidgetInput)
    .output(Widget)
    .mutation(({ ctx, input }) => createWidget(ctx.core, ctx.actor, input)),
  list: procedure
    .meta({
      openapi: {
        ...about,
        method: 'GET',
        path: '/workspaces/{workspace}/widgets',
        summary: 'List chat widgets, newest first',
      },
    })
    .input(ListWidgetsInput)
    .output(pageOf(Widget))
    .query(({ ctx, input }) => listWidgets(ctx.core, ctx.actor, input)),
  get: procedure
    .meta({ openapi: { ...about, method: 'GET', path: '/widgets/{widgetId}', summary: 'Get a chat widget' } })
    .input(WidgetRef)
    .output(Widget)
    .query(({ ctx, input }) => getWidget(ctx.core, ctx.actor, input.widgetId)),
  update: procedure
    .meta({
      openapi: {
        ...about,
        method: 'PATCH',
        path: '/widgets/{widgetId}',
        example: { input: { enabled: false } },
        summary: 'Update a chat widget',
      },
    })
    .input(UpdateWidgetInput)
    .output(Widget)
    .mutation(({ ctx, input }) => updateWidget(ctx.core, ctx.actor, input)),
  delete: procedure
    .meta({
      openapi: {
        ...about,
        method: 'DELETE',
        path: '/widgets/{widgetId}',
        summary: 'Delete a chat widget and its conversations',
        status: 204,
      },
    })
    .input(WidgetRef)
    .output(NoContent)
    .mutation(async ({ ctx, input }) => {
      await deleteWidget(ctx.core, ctx.actor, input.widgetId);
    }),
  conversations: procedure
    .meta({
      openapi: {
        ...about,
        method: 'GET',
        path: '/widgets/{widgetId}/conversations',
        summary: 'List conversations of a chat widget, newest first',
      },
    })
    .input(ListConversationsInput)
    .output(pageOf(WidgetConversation))
    .query(({ ctx, input }) => listConversations(ctx.core, ctx.actor, input)),
  conversation: procedure
    .meta({
      openapi: {
        ...about,
        method: 'GET',
        path: '/widget-conversations/{conversationId}',
        summary: 'Get a conversation of a chat widget',
      },
    })
    .input(z.object({ conversationId: Id.describe('Id of the conversation.') }))
    .output(WidgetConversationDetails)
    .query(({ ctx, input }) => getConversation(ctx.core, ctx.actor, input.conversationId)),
  export: procedure
    .meta({
      openapi: {
        ...about,
        method: 'GET',
        path: '/widgets/{widgetId}/conversations/export',
        summary: 'Export conversations of a chat widget',
        description:
          'Newline-delimited JSON, one conversation with its messages per line, oldest first, at most 200. To continue, pass the id of the last conversation as `after`.',
        download: ['application/x-ndjson'],
      },
    })
    .input(ExportConversationsInput)
    .output(ConversationExport)
    .query(({ ctx, input }) => exportConversations(ctx.core, ctx.actor, input)),
});
