import type { Actor } from '@lorebox/contract/actor';
import type { Comment, ListCommentsInput } from '@lorebox/contract/comment';
import type { Page, PageInput } from '@lorebox/contract/page';
import { findReadableThread } from '../access/find-thread.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function listComments(
  core: Core,
  actor: Actor,
  { threadId, ...page }: ListCommentsInput,
): Promise<Page<Comment>> {
  requireScope(actor, 'chat');
  const thread = await findReadableThread(core, actor, threadId);
  return core.stores.comments.list(thread.id, page);
}

/** Unresolved comments that mention the user, in threads that they may read now. Nobody mentions a key. */
export async function listMentions(core: Core, actor: Actor, page: PageInput): Promise<Page<Comment>> {
  requireScope(actor, 'chat');
  if (actor.kind !== 'user') return { items: [], nextCursor: null };
  return core.stores.comments.mentions(actor.userId, actor.role === 'member', page);
}
