import type { Actor } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import type { Page, PageInput } from '@lorebox/contract/page';
import type {
  CreatedWebhook,
  CreateWebhookInput,
  Delivery,
  ListDeliveriesInput,
  ReplayInput,
  UpdatedWebhook,
  UpdateWebhookInput,
  Webhook,
} from '@lorebox/contract/webhook';
import type { StoredWebhook } from '@lorebox/ports/event-stores';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { createSigningSecret } from './sign-webhook.ts';

/** Deliveries are signed with the secret of before as well for this long, so that receivers can be changed in peace. */
const SECRET_GRACE_MS = 24 * 3600_000;

export async function createWebhook(core: Core, actor: Actor, input: CreateWebhookInput): Promise<CreatedWebhook> {
  const bound = boundTo(actor, 'webhooks:write');
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
  const entry = entryOf(core, actor, 'webhook.created', aboutWebhook(stored));
  await core.stores.audit.with(entry, () => core.stores.webhooks.create(sealed));
  return { ...visible({ ...stored, secret }), secret };
}

export async function listWebhooks(core: Core, actor: Actor, page: PageInput): Promise<Page<Webhook>> {
  return core.stores.webhooks.list({ ...page, workspaceId: boundTo(actor, 'webhooks:read') });
}

export async function getWebhook(core: Core, actor: Actor, webhookId: string): Promise<Webhook> {
  return visible(await findWebhook(core, actor, webhookId, 'webhooks:read'));
}

/**
 * Switching it on again forgets why it was switched off; what waited meanwhile is sent. Another address gets another secret: what
 * it receives must be of no use at the old one.
 */
export async function updateWebhook(core: Core, actor: Actor, input: UpdateWebhookInput): Promise<UpdatedWebhook> {
  const { webhookId, ...change } = input;
  const webhook = await findWebhook(core, actor, webhookId, 'webhooks:write');
  if (change.url !== undefined) await core.network.webhooks.check(change.url);
  const updatedAt = new Date(core.clock.now());
  const reason = change.enabled === undefined ? {} : { disabledReason: null };
  const secret = change.url !== undefined && change.url !== webhook.url ? createSigningSecret() : null;
  const rotated =
    secret === null
      ? {}
      : { secret: core.security.vault.seal(secret), previousSecret: null, previousSecretUntil: null };
  const written = { ...withoutUndefined(change), ...reason, ...rotated, updatedAt };
  const entry = entryOf(core, actor, 'webhook.updated', aboutWebhook({ ...webhook, ...withoutUndefined(change) }));
  await core.stores.audit.with(entry, () => core.stores.webhooks.update(webhookId, written));
  core.signals.webhooks.wake();
  return { ...(await getWebhook(core, { kind: 'system' }, webhookId)), secret };
}

export async function deleteWebhook(core: Core, actor: Actor, webhookId: string): Promise<void> {
  const webhook = await findWebhook(core, actor, webhookId, 'webhooks:write');
  const entry = entryOf(core, actor, 'webhook.deleted', aboutWebhook(webhook));
  await core.stores.audit.with(entry, () => core.stores.webhooks.remove(webhookId));
}

export async function rotateWebhookSecret(core: Core, actor: Actor, webhookId: string): Promise<CreatedWebhook> {
  const webhook = await findWebhook(core, actor, webhookId, 'webhooks:write');
  const now = core.clock.now();
  const secret = createSigningSecret();
  const written = {
    secret: core.security.vault.seal(secret),
    previousSecret: webhook.secret,
    previousSecretUntil: new Date(now + SECRET_GRACE_MS),
    updatedAt: new Date(now),
  };
  const entry = entryOf(core, actor, 'webhook.updated', aboutWebhook(webhook));
  await core.stores.audit.with(entry, () => core.stores.webhooks.update(webhookId, written));
  return { ...(await getWebhook(core, { kind: 'system' }, webhookId)), secret };
}

/** Sends a `webhook.test` event to this webhook alone; its delivery tells what came of it. */
export async function testWebhook(core: Core, actor: Actor, webhookId: string): Promise<Delivery> {
  const webhook = await findWebhook(core, actor, webhookId, 'webhooks:write');
  if (!webhook.enabled) throw new AppError('CONFLICT', 'This webhook is disabled. Enable it first.');
  const delivery = await core.stores.webhooks.addTest(webhookId, new Date(core.clock.now()));
  core.signals.webhooks.wake();
  return delivery;
}

export async function getDelivery(core: Core, actor: Actor, deliveryId: string): Promise<Delivery> {
  requireScope(actor, 'webhooks:read');
  const delivery = await core.stores.webhooks.getDelivery(deliveryId);
  if (!delivery) throw new AppError('NOT_FOUND');
  await findWebhook(core, actor, delivery.webhookId, 'webhooks:read');
  return delivery;
}

export async function listDeliveries(core: Core, actor: Actor, input: ListDeliveriesInput): Promise<Page<Delivery>> {
  await findWebhook(core, actor, input.webhookId, 'webhooks:read');
  return core.stores.webhooks.listDeliveries(input);
}

/** Sends one event once more, whatever became of it. */
export async function retryDelivery(core: Core, actor: Actor, deliveryId: string): Promise<Delivery> {
  requireScope(actor, 'webhooks:write');
  const delivery = await core.stores.webhooks.getDelivery(deliveryId);
  if (!delivery) throw new AppError('NOT_FOUND');
  await findWebhook(core, actor, delivery.webhookId, 'webhooks:write');
  if (!(await core.stores.webhooks.retryDelivery(deliveryId, new Date(core.clock.now()))))
    throw new AppError('FORBIDDEN', 'The workspace is local only, so its events are not sent to webhooks.');
  core.signals.webhooks.wake();
  return (await core.stores.webhooks.getDelivery(deliveryId)) ?? delivery;
}

/** Sends the events of a time once more: after a receiver was down, or lost what it had. */
export async function replayWebhook(core: Core, actor: Actor, input: ReplayInput): Promise<{ queued: number }> {
  await findWebhook(core, actor, input.webhookId, 'webhooks:write');
  const at = new Date(core.clock.now());
  const queued = await core.stores.webhooks.replay(input.webhookId, input.since, input.until ?? at, at);
  core.signals.webhooks.wake();
  return { queued };
}

/** Without its path: some receivers have their secret there. */
function aboutWebhook({ id, workspaceId, url, enabled }: Pick<Webhook, 'id' | 'workspaceId' | 'url' | 'enabled'>) {
  return { target: `webhook:${id}`, workspaceId, details: { receiver: new URL(url).origin, enabled } };
}

/** The workspace that the actor is bound to; null for those that may see all. Members have no webhooks. */
function boundTo(actor: Actor, scope: 'webhooks:read' | 'webhooks:write'): string | null {
  requireScope(actor, scope);
  return actor.kind === 'apiKey' ? actor.workspaceId : null;
}

async function findWebhook(
  core: Core,
  actor: Actor,
  id: string,
  scope: 'webhooks:read' | 'webhooks:write',
): Promise<StoredWebhook> {
  const bound = boundTo(actor, scope);
  const webhook = await core.stores.webhooks.get(id);
  if (!webhook || (bound !== null && webhook.workspaceId !== bound)) throw new AppError('NOT_FOUND');
  return webhook;
}

function visible({ secret: _, previousSecret: __, previousSecretUntil: ___, ...webhook }: StoredWebhook): Webhook {
  return webhook;
}
