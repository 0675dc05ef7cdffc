import { and, eq, inArray } from '../../drizzle.ts';
import { removeDocuments } from '../documents/remove-documents.ts';
import type { WriteContext } from '../writer/context.ts';
import type { SourceRow } from './finish-run.ts';
import { sourceItems } from './schema.ts';

/** Removes items with their documents. Ignores documents that a user has already deleted. */
export function removeItems(
  context: WriteContext,
  { id: sourceId, workspaceId }: Pick<SourceRow, 'id' | 'workspaceId'>,
  items: readonly (typeof sourceItems.$inferSelect)[],
  at: Date,
  keepDocuments = false,
): void {
  if (items.length === 0) return;
  const ids = items.map(({ externalId }) => externalId);
  const documentIds = items.map(({ documentId }) => documentId);
  if (!keepDocuments) removeDocuments(context, workspaceId, documentIds, at);
  const mine = and(eq(sourceItems.sourceId, sourceId), inArray(sourceItems.externalId, ids));
  context.orm.delete(sourceItems).where(mine).run();
}
