import type { Actor, Scope } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { SyncSource } from '@lorebox/contract/source';
import type { MemberRole } from '@lorebox/contract/workspace';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function findSource(
  core: Core,
  actor: Actor,
  id: string,
  scope: Extract<Scope, `sources:${string}`>,
): Promise<SyncSource> {
  requireScope(actor, scope);
  const source = await core.stores.sources.get(id);
  if (!source) throw new AppError('NOT_FOUND');
  const needed: MemberRole = scope === 'sources:write' ? 'owner' : 'editor';
  try {
    await findWorkspace(core, actor, source.workspaceId, needed);
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') throw new AppError('NOT_FOUND');
    throw error;
  }
  return source;
}

export async function readSource(core: Core, id: string): Promise<SyncSource> {
  const source = await core.stores.sources.get(id);
  if (!source) throw new AppError('NOT_FOUND');
  return source;
}
