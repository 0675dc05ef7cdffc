import type { SearchFilter } from '@lorebox/ports/search-index';

/**
 * Chunks (c) of searchable revisions. Ownership is a condition of every query. `cross join` keeps SQLite from using the
 * wrong join order, because its planner mistakes a rowid lookup in a virtual table for a scan.
 */
export const SEARCHABLE =
  'cross join documents d on d.id = c.document_id and d.searchable_revision = c.revision and d.removed_at is null';

export function filterSql(filter: SearchFilter): { sql: string; params: unknown[] } {
  const parts = ['d.workspace_id = ?'];
  const params: unknown[] = [filter.workspaceId];
  if (filter.documentIds) {
    parts.push('d.id in (select value from json_each(?))');
    params.push(JSON.stringify(filter.documentIds));
  }
  for (const [key, value] of Object.entries(filter.metadata ?? {})) {
    parts.push('d.id in (select document_id from document_metadata where workspace_id = ? and name = ? and value = ?)');
    params.push(filter.workspaceId, key, typeof value === 'boolean' ? Number(value) : value);
  }
  return { sql: parts.join(' and '), params };
}

export function isNarrow(filter: SearchFilter): boolean {
  return filter.documentIds !== undefined || Object.keys(filter.metadata ?? {}).length > 0;
}
