import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Member } from '@lorebox/contract/workspace';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function getMember(core: Core, actor: Actor, ref: string, userId: string): Promise<Member> {
  requireScope(actor, 'workspaces:read');
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  const member = await core.stores.workspaces.getMember(workspace.id, userId);
  if (!member) throw new AppError('NOT_FOUND');
  return member;
}
