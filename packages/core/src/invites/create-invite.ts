import type { Actor } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import type { CreatedInvite, CreateInviteInput } from '@lorebox/contract/invite';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope, requireUnbound, userIdOf } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { requireMayManage } from '../identity/require-may-manage.ts';
import { requireMayGiveRole } from '../workspaces/require-may-give-role.ts';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 7;
const MAX_DAYS = 90;
const MAX_OPEN_INVITES = 1000;

/** Creates a link with which somebody creates their own account. Only its SHA-256 is stored. */
export async function createInvite(core: Core, actor: Actor, input: CreateInviteInput): Promise<CreatedInvite> {
  requireScope(actor, 'users:invite');
  requireUnbound(actor);
  const { role } = input;
  requireMayManage(actor, role);
  const { stores, security, clock } = core;
  const now = clock.now();
  const expiresAt = input.expiresAt ?? new Date(now + DEFAULT_DAYS * DAY_MS);
  if (expiresAt.getTime() <= now || expiresAt.getTime() > now + MAX_DAYS * DAY_MS)
    throw new AppError('BAD_REQUEST', `An invite expires within ${MAX_DAYS} days. Choose a time in that range.`);
  const memberships = await findMemberships(core, actor, input.memberships);
  if ((await stores.invites.countOpen(new Date(now))) >= MAX_OPEN_INVITES)
    throw new AppError('UNPROCESSABLE', `There are ${MAX_OPEN_INVITES} open invites. Revoke some first.`);
  const token = security.secrets.createToken();
  const id = createId('inv');
  const userId = userIdOf(actor);
  const invite = { id, role, createdAt: new Date(now), expiresAt };
  const stored = memberships.map(({ workspaceId, role }) => ({ workspaceId, role }));
  const row = { ...invite, userId, memberships: stored, tokenHash: security.secrets.digest(token) };
  const details = { role, workspaces: stored.map(({ workspaceId }) => workspaceId).join(' ') };
  const entry = entryOf(core, actor, 'invite.created', { target: `invite:${id}`, details });
  await stores.audit.with(entry, () => stores.invites.create(row));
  const invitedBy = userId === null ? null : ((await stores.users.get(userId))?.username ?? null);
  return { ...invite, memberships, invitedBy, acceptedBy: null, acceptedAt: null, token, url: `/invite/${token}` };
}

/** The last role counts if a workspace is listed twice. */
async function findMemberships(core: Core, actor: Actor, wanted: CreateInviteInput['memberships']) {
  if (wanted.length > 0) requireScope(actor, 'workspaces:write');
  const found = new Map<string, CreatedInvite['memberships'][number]>();
  for (const { workspace: ref, role } of wanted) {
    requireMayGiveRole(actor, role);
    const { id, name } = await findWorkspace(core, actor, ref, 'owner');
    found.set(id, { workspaceId: id, name, role });
  }
  return [...found.values()];
}
