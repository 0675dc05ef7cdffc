import type { Actor } from '@lorebox/contract/actor';
import type { Message } from '@lorebox/contract/chat';
import type { Page, PageInput, SortOrder } from '@lorebox/contract/page';
import { findReadableThread } from '../access/find-thread.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function listMessages(
  core: Core,
  actor: Actor,
  threadId: string,
  page: PageInput & { order?: SortOrder },
): Promise<Page<Message>> {
  requireScope(actor, 'chat');
  const thread = await findReadableThread(core, actor, threadId);
  return core.stores.threads.listMessages(thread.id, page);
}
