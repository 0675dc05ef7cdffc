import type { Citation, Message } from '@lorebox/contract/chat';
import { AppError } from '@lorebox/contract/errors';
import type { SharedCitation, SharedMessage, SharedThread } from '@lorebox/contract/share';
import type { Core } from '../core.ts';

const MAX_SHARED_MESSAGES = 1000;

/**
 * Returns what the thread of a share link holds now. Needs no credential: the token is one. The link stops with the
 * access of the user who created it.
 * @throws AppError NOT_FOUND for an unknown, revoked or expired link alike.
 */
export async function viewShare(core: Core, token: string): Promise<SharedThread> {
  const { stores, security, clock } = core;
  const share = await stores.shares.getByTokenHash(security.secrets.digest(token));
  if (!share || (share.expiresAt && share.expiresAt.getTime() <= clock.now())) throw unknownLink();
  const thread = await stores.threads.get(share.threadId);
  const workspace = await stores.workspaces.find(share.workspaceId, { memberId: null, workspaceId: null });
  if (!thread || !workspace) throw unknownLink();
  const sharedBy = share.userId === null ? null : await findSharer(core, share.userId, workspace.id);
  const messages = await stores.threads.history(thread.id, MAX_SHARED_MESSAGES);
  await stores.shares.countView(share.id);
  return { title: thread.title, sharedBy, createdAt: thread.createdAt, messages: messages.map(toShared) };
}

const unknownLink = () => new AppError('NOT_FOUND', 'This link is unknown, has expired, or was revoked.');

async function findSharer({ stores }: Core, userId: string, workspaceId: string): Promise<string> {
  const user = await stores.users.get(userId);
  if (!user || user.suspended) throw unknownLink();
  if (user.role === 'member' && !(await stores.workspaces.memberRole(workspaceId, userId))) throw unknownLink();
  return user.username;
}

function toShared({ role, text, citations, unsupported, createdAt }: Message): SharedMessage {
  return { role, text, citations: citations.map(toSharedCitation), unsupported, createdAt };
}

/** Leaves out the ids of the document and its passages. */
export function toSharedCitation({ n, title, page, startTime, section, text, sentences }: Citation): SharedCitation {
  return { n, title, page, startTime, section, text, sentences };
}
