import { Id } from '@lorebox/contract/ids';
import { PageInput, pageOf } from '@lorebox/contract/page';
import {
  CreatedWebhook,
  CreateWebhookInput,
  Delivery,
  ListDeliveriesInput,
  ReplayInput,
  UpdatedWebhook,
  UpdateWebhookInput,
  Webhook,
} from '@lorebox/contract/webhook';
import { createWebhook } from '@lorebox/core/webhooks/create-webhook';
import { deleteWebhook } from '@lorebox/core/webhooks/delete-webhook';
import { getDelivery } from '@lorebox/core/webhooks/get-delivery';
import { getWebhook } from '@lorebox/core/webhooks/get-webhook';
import { listDeliveries } from '@lorebox/core/webhooks/list-deliveries';
import { listWebhooks } from '@lorebox/core/webhooks/list-webhooks';
import { replayWebhook } from '@lorebox/core/webhooks/replay-webhook';
import { retryDelivery } from '@lorebox/core/webhooks/retry-delivery';
import { rotateWebhookSecret } from '@lorebox/core/webhooks/rotate-webhook-secret';
import { testWebhook } from '@lorebox/core/webhooks/test-webhook';
import { updateWebhook } from '@lorebox/core/webhooks/update-webhook';
import { z } from 'zod';
import { NoContent, procedure, router } from '../trpc.ts';

const tags = ['webhooks'];
const read = { tags, scopes: ['webhooks:read'] };
const write = { tags, scopes: ['webhooks:write'] };
const WebhookRef = z.object({ webhookId: Id });
const DeliveryRef = z.object({ deliveryId: Id });

export const webhooksRouter = router({
  create: procedure
    .meta({
      openapi: {
        ...write,
        method: 'POST',
        path: '/webhooks',
        example: { input: { url: 'https://example.com/hook', eventTypes: ['document.ready', 'document.failed'] } },
        summary: 'Create a webhook',
        description: 'The response contains the signing secret, which is shown only once.',
        status: 201,
      },
    })
    .input(CreateWebhookInput)
    .output(CreatedWebhook)
    .mutation(({ ctx, input }) => createWebhook(ctx.core, ctx.actor, input)),
  list: procedure
    .meta({ openapi: { ...read, method: 'GET', path: '/webhooks', summary: 'List webhooks, newest first' } })
    .input(PageInput)
    .output(pageOf(Webhook))
    .query(({ ctx, input }) => listWebhooks(ctx.core, ctx.actor, input)),
  get: procedure
    .meta({ openapi: { ...read, method: 'GET', path: '/webhooks/{webhookId}', summary: 'Get a webhook' } })
    .input(WebhookRef)
    .output(Webhook)
    .query(({ ctx, input }) => getWebhook(ctx.core, ctx.actor, input.webhookId)),
  update: procedure
    .meta({
      openapi: {
        ...write,
        method: 'PATCH',
        path: '/webhooks/{webhookId}',
        example: { input: { enabled: true } },
        summary: 'Update a webhook',
        description:
          'When you enable a webhook again, its pending deliveries are sent. To send events that it missed while disabled, replay them. Changing the URL creates a new signing secret, which is in the response.',
      },
    })
    .input(UpdateWebhookInput)
    .output(UpdatedWebhook)
    .mutation(({ ctx, input }) => updateWebhook(ctx.core, ctx.actor, input)),
  delete: procedure
    .meta({
      openapi: { ...write, method: 'DELETE', path: '/webhooks/{webhookId}', summary: 'Delete a webhook', status: 204 },
    })
    .input(WebhookRef)
    .output(NoContent)
    .mutation(async ({ ctx, input }) => {
      await deleteWebhook(ctx.core, ctx.actor, input.webhookId);
    }),
  rotate: procedure
    .meta({
      openapi: {
        ...write,
        method: 'POST',
        path: '/webhooks/{webhookId}/rotate',
        summary: 'Rotate the signing secret',
        description: 'For one day, deliveries are also signed with the old secret.',
      },
    })
    .input(WebhookRef)
    .output(CreatedWebhook)
    .mutation(({ ctx, input }) => rotateWebhookSecret(ctx.core, ctx.actor, input.webhookId)),
  test: procedure
    .meta({
      openapi: {
        ...write,
        method: 'POST',
        path: '/webhooks/{webhookId}/test',
        summary: 'Send a test event',
        status: 202,
      },
    })
    .input(WebhookRef)
    .output(Delivery)
    .mutation(({ ctx, input }) => testWebhook(ctx.core, ctx.actor, input.webhookId)),
  deliveries: procedure
    .meta({
      openapi: {
        ...read,
        method: 'GET',
        path: '/webhooks/{webhookId}/deliveries',
        summary: 'List webhook deliveries, newest first',
      },
    })
    .input(ListDeliveriesInput)
    .output(pageOf(Delivery))
    .query(({ ctx, input }) => listDeliveries(ctx.core, ctx.actor, input)),
  getDelivery: procedure
    .meta({
      openapi: { ...read, method: 'GET', path: '/deliveries/{deliveryId}', summary: 'Get a webhook delivery' },
    })
    .input(DeliveryRef)
    .output(Delivery)
    .query(({ ctx, input }) => getDelivery(ctx.core, ctx.actor, input.deliveryId)),
  retry: procedure
    .meta({
      openapi: {
        ...write,
        method: 'POST',
        path: '/deliveries/{deliveryId}/retry',
        summary: 'Redeliver an event',
        status: 202,
      },
    })
    .input(DeliveryRef)
    .output(Delivery)
    .mutation(({ ctx, input }) => retryDelivery(ctx.core, ctx.actor, input.deliveryId)),
  replay: procedure
    .meta({
      openapi: {
        ...write,
        method: 'POST',
        path: '/webhooks/{webhookId}/replay',
        summary: 'Replay events',
        status: 202,
      },
    })
    .input(ReplayInput)
    .output(z.object({ queued: z.number().int() }))
    .mutation(({ ctx, input }) => replayWebhook(ctx.core, ctx.actor, input)),
});
