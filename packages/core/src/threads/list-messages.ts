import type { Actor } from '@lorebox/contract/actor';
import type { Message } from '@lorebox/contract/chat';
import type { Page, PageInput, SortOrder } from '@lorebox/contract/page';
import { findReadableThread } from '../access/find-thread.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { hideReason } from './hide-reason.ts';

export async function listMessages(
  core: Core,
  actor: Actor,
  threadId: string,
  page: PageInput & { order?: SortOrder },
): Promise<Page<Message>> {
  requireScope(actor, 'chat');
  const thread = await findReadableThread(core, actor, threadId);
  const { items, nextCursor } = await core.stores.threads.listMessages(thread.id, page);
  return { items: items.map((message) => hideReason(actor, thread, message)), nextCursor };
}
