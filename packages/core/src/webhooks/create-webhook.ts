import type { Actor } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import type { CreatedWebhook, CreateWebhookInput } from '@lorebox/contract/webhook';
import { findWorkspace } from '../access/find-workspace.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { boundWorkspaceId } from './find-webhook.ts';
import { createSigningSecret } from './sign-webhook.ts';
import { toWebhook } from './to-webhook.ts';
import { webhookAuditFields } from './webhook-audit.ts';

export async function createWebhook(core: Core, actor: Actor, input: CreateWebhookInput): Promise<CreatedWebhook> {
  const bound = boundWorkspaceId(actor, 'webhooks:write');
  const ref = input.workspaceId ?? bound;
  const workspace = ref === null ? null : await findWorkspace(core, actor, ref, 'viewer');
  const workspaceId = workspace?.id ?? null;
  if (workspace?.localOnly) throw new AppError('FORBIDDEN', 'Webhooks are not allowed for a local-only workspace.');
  await core.network.webhooks.check(input.url);
  const at = new Date(core.clock.now());
  const secret = createSigningSecret();
  const fresh = { id: createId('whk'), enabled: true, disabledReason: null, createdAt: at, updatedAt: at };
  const stored = { ...input, ...fresh, workspaceId, previousSecret: null, previousSecretUntil: null };
  const sealed = { ...stored, secret: core.security.vault.seal(secret) };
  const entry = entryOf(core, actor, 'webhook.created', webhookAuditFields(stored));
  await core.stores.audit.with(entry, () => core.stores.webhooks.create(sealed));
  return { ...toWebhook({ ...stored, secret }), secret };
}
