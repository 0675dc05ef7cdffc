import type { Actor } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import type { CreatedShare, CreateShareInput } from '@lorebox/contract/share';
import { findThread } from '../access/find-thread.ts';
import { requireScope, userIdOf } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';

const MAX_SHARES_PER_THREAD = 100;

/** Creates a link with which everyone can read the thread. Only its SHA-256 is stored. */
export async function createShare(
  core: Core,
  actor: Actor,
  { threadId, expiresAt = null }: CreateShareInput,
): Promise<CreatedShare> {
  requireScope(actor, 'chat');
  const { workspaceId } = await findThread(core, actor, threadId);
  const { stores, security, clock } = core;
  if (expiresAt !== null && expiresAt.getTime() <= clock.now())
    throw new AppError('BAD_REQUEST', 'The expiry is in the past. Choose a later time, or none.');
  if ((await stores.shares.count(threadId)) >= MAX_SHARES_PER_THREAD)
    throw new AppError('UNPROCESSABLE', `A thread has at most ${MAX_SHARES_PER_THREAD} share links. Revoke one first.`);
  const token = security.secrets.createToken();
  const id = createId('shr');
  const userId = userIdOf(actor);
  const createdAt = new Date(clock.now());
  const share = { id, threadId, createdAt, expiresAt, views: 0 };
  const row = { ...share, workspaceId, userId, tokenHash: security.secrets.digest(token) };
  const entry = entryOf(core, actor, 'share.created', { target: `share:${id}`, workspaceId, details: { threadId } });
  await stores.audit.with(entry, () => stores.shares.create(row));
  const sharedBy = userId === null ? null : ((await stores.users.get(userId))?.username ?? null);
  return { ...share, sharedBy, token, url: `/s/${token}` };
}
