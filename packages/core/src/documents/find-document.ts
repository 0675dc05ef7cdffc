import type { Actor } from '@lorebox/contract/actor';
import type { Document } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import type { MemberRole } from '@lorebox/contract/workspace';
import { findWorkspace } from '../access/find-workspace.ts';
import type { Core } from '../core.ts';

export async function findDocument(core: Core, actor: Actor, id: string, needed: MemberRole): Promise<Document> {
  const document = await core.stores.documents.get(id);
  if (!document) throw new AppError('NOT_FOUND');
  try {
    await findWorkspace(core, actor, document.workspaceId, needed);
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') throw new AppError('NOT_FOUND');
    throw error;
  }
  return document;
}
