import type { ListedApiKey } from '@lorebox/ports/identity-stores';

export function keyAuditFields({
  id,
  name,
  scopes,
  ownerId,
  workspaceId,
  expiresAt,
}: Omit<ListedApiKey, 'ownerRole' | 'previousKeyUntil'>) {
  const details = { name, scopes: scopes.join(' '), ownerId, expiresAt: expiresAt?.toISOString() ?? null };
  return { target: `key:${id}`, workspaceId, details };
}
