// `@lorebox/sdk/webhooks`: what a program that receives webhooks needs; nothing of the client comes along.

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
