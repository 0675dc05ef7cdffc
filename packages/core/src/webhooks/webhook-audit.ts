import type { Webhook } from '@lorebox/contract/webhook';

/** Only the origin of the URL, because some receivers put a secret into the path. */
export function webhookAuditFields({
  id,
  workspaceId,
  url,
  enabled,
}: Pick<Webhook, 'id' | 'workspaceId' | 'url' | 'enabled'>) {
  return { target: `webhook:${id}`, workspaceId, details: { receiver: new URL(url).origin, enabled } };
}
