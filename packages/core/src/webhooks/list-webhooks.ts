import type { Actor } from '@lorebox/contract/actor';
import type { Page, PageInput } from '@lorebox/contract/page';
import type { Webhook } from '@lorebox/contract/webhook';
import type { Core } from '../core.ts';
import { boundWorkspaceId } from './find-webhook.ts';

export async function listWebhooks(core: Core, actor: Actor, page: PageInput): Promise<Page<Webhook>> {
  return core.stores.webhooks.list({ ...page, workspaceId: boundWorkspaceId(actor, 'webhooks:read') });
}
