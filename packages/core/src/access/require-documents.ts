import { AppError } from '@lorebox/contract/errors';
import type { Core } from '../core.ts';

/**
 * Without this check, a question about missing documents would be answered without any.
 * @throws AppError NOT_FOUND that names the first document that isn't in the workspace.
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
