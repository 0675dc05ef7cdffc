import { z } from 'zod';
import { EventType } from './event.ts';
import { Id } from './ids.ts';
import { PageInput } from './page.ts';

export const Webhook = z
  .object({
    id: Id,
    url: z.string().describe('URL that receives a signed POST request for every event (Standard Webhooks).'),
    description: z.string(),
    eventTypes: z.array(EventType).nullable().describe('Event types to send. Null: all, including future types.'),
    workspaceId: Id.nullable().describe('The only workspace whose events are sent. Null: all workspaces.'),
    enabled: z.boolean(),
    disabledReason: z.string().nullable().describe('Why the server disabled the webhook, or null.'),
    createdAt: z.date(),
    updatedAt: z.date(),
  })
  .meta({ id: 'Webhook' });
export type Webhook = z.infer<typeof Webhook>;

const WebhookUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }).max(2000);

export const CreateWebhookInput = z.object({
  url: WebhookUrl,
  description: z.string().trim().max(500).default(''),
  eventTypes: z.array(EventType).min(1).nullable().default(null),
  workspaceId: Id.nullable().default(null).describe('Id or slug of the only workspace that it tells of.'),
});
export type CreateWebhookInput = z.infer<typeof CreateWebhookInput>;

export const UpdateWebhookInput = z.object({
  webhookId: Id,
  url: WebhookUrl.optional(),
  description: z.string().trim().max(500).optional(),
  eventTypes: z.array(EventType).min(1).nullable().optional(),
  enabled: z.boolean().optional(),
});
export type UpdateWebhookInput = z.infer<typeof UpdateWebhookInput>;

/** The secret is only returned on creation. */
export const CreatedWebhook = Webhook.extend({
  secret: z.string().describe('Signing secret: `whsec_` followed by base64.'),
}).meta({ id: 'CreatedWebhook' });
export type CreatedWebhook = z.infer<typeof CreatedWebhook>;

export const UpdatedWebhook = Webhook.extend({
  secret: z
    .string()
    .nullable()
    .describe('New signing secret if the URL changed, otherwise null. The old secret stops working immediately.'),
}).meta({ id: 'UpdatedWebhook' });
export type UpdatedWebhook = z.infer<typeof UpdatedWebhook>;

export const DeliveryStatus = z.enum(['pending', 'delivered', 'failed']).meta({ id: 'DeliveryStatus' });
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

export const DeliveryAttempt = z
  .object({
    at: z.date(),
    status: z.number().int().nullable().describe('HTTP status of the receiver. Null if there was no response.'),
    error: z.string().nullable(),
    durationMs: z.number().int(),
  })
  .meta({ id: 'DeliveryAttempt' });
export type DeliveryAttempt = z.infer<typeof DeliveryAttempt>;

/** One event on its way to one webhook, with every attempt. */
export const Delivery = z
  .object({
    id: Id,
    webhookId: Id,
    eventId: Id,
    eventType: EventType,
    status: DeliveryStatus,
    attempts: z.array(DeliveryAttempt),
    nextAttemptAt: z.date().nullable().describe('Null if there is no next attempt.'),
    createdAt: z.date(),
  })
  .meta({ id: 'Delivery' });
export type Delivery = z.infer<typeof Delivery>;

export const ListDeliveriesInput = z.object({
  webhookId: Id,
  status: DeliveryStatus.optional(),
  ...PageInput.shape,
});
export type ListDeliveriesInput = z.infer<typeof ListDeliveriesInput>;

export const ReplayInput = z.object({
  webhookId: Id,
  since: z.date().describe('Start time. Events at or after it are sent again.'),
  until: z.date().optional(),
});
export type ReplayInput = z.infer<typeof ReplayInput>;
