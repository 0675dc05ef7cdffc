import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import { requireScope } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { maySeeShares } from './list-shares.ts';

export async function revokeShare(core: Core, actor: Actor, shareId: string): Promise<void> {
  requireScope(actor, 'chat');
  const { shares, threads, audit } = core.stores;
  const share = await shares.get(shareId);
  const thread = share && (await threads.get(share.threadId));
  if (!thread || !(await maySeeShares(core, actor, thread))) throw new AppError('NOT_FOUND');
  const { workspaceId, id: threadId } = thread;
  const fields = { target: `share:${shareId}`, workspaceId, details: { threadId } };
  await audit.with(entryOf(core, actor, 'share.revoked', fields), () => shares.remove(shareId));
}
