import type { Workspace } from '@lorebox/contract/workspace';
import type { workspaces } from './schema.ts';

export function toWorkspace({
  removedAt,
  embeddingKey,
  textAnalyzer,
  slug,
  ...row
}: typeof workspaces.$inferSelect): Workspace {
  return { ...row, slug: slug ?? row.id };
}
