import type { Webhook } from '@lorebox/contract/webhook';

/** Without its path: some receivers have their secret there. */
export function webhookAuditFields({
  id,
  workspaceId,
  url,
  enabled,
}: Pick<Webhook, 'id' | 'workspaceId' | 'url' | 'enabled'>) {
  return { target: `webhook:${id}`, workspaceId, details: { receiver: new URL(url).origin, enabled } };
}
