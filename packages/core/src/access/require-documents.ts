import { AppError } from '@lorebox/contract/errors';
import type { Core } from '../core.ts';

/**
 * A question that is limited to documents which are not there would be answered from nothing.
 * @throws AppError NOT_FOUND that names the first document which is not in the workspace.
 */
export async function requireDocuments(
  core: Core,
  workspaceId: string,
  documentIds: readonly string[] | undefined,
): Promise<void> {
  for (const [i, id] of (documentIds ?? []).entries()) {
    const document = await core.stores.documents.get(id);
    if (document?.workspaceId === workspaceId) continue;
    const message = `Document "${id}" not found in this workspace, or you don't have access to it.`;
    throw new AppError('NOT_FOUND', message, { fields: [{ path: `documentIds.${i}`, message: 'Not found.' }] });
  }
}
