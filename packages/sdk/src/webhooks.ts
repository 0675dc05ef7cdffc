// `@lorebox/sdk/webhooks`: what a program that receives webhooks needs; nothing of the client comes along.
export {
  type VerifyWebhookOptions,
  verifyWebhook,
  type WebhookHeaders,
  WebhookSignatureError,
  type WebhookSignatureProblem,
} from './verify-webhook.ts';
export type { WebhookEvent } from './webhook-event.ts';
