// `@lorebox/sdk/webhooks`: what a webhook receiver needs, without the client.

export type { FinishReason } from '@lorebox/contract/chat';
export type { LoreboxEvent } from '@lorebox/contract/event';
export type { FailureReason } from '@lorebox/contract/failure';
export type { SyncCounts } from '@lorebox/contract/source';
export {
  type VerifyWebhookOptions,
  verifyWebhook,
  type WebhookHeaders,
  WebhookSignatureError,
  type WebhookSignatureProblem,
} from './verify-webhook.ts';
export type { WebhookEvent } from './webhook-event.ts';
