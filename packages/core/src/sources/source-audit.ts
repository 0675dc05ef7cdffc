import type { SyncSource } from '@lorebox/contract/source';

/** Which settings were changed, and none of their values. */
export function sourceAuditFields(
  source: Pick<SyncSource, 'id' | 'workspaceId' | 'connector' | 'name'>,
  changed: string[] = [],
) {
  const { id, workspaceId, connector, name } = source;
  const details = { connector, name, ...(changed.length > 0 && { changed: changed.join(' ') }) };
  return { target: `source:${id}`, workspaceId, details };
}
