import type { Job } from '@lorebox/ports/document-stores';
import { prepareOnce, prepareValue } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';
import type { jobs } from './schema.ts';

/** Skips through the index from workspace to workspace, independent of the number of jobs. */
export function waitingWorkspaces({ raw }: WriteContext): string[] {
  const sql = "select min(workspace_id) from jobs where state = 'queued' and workspace_id > ?";
  const next = prepareValue<[string], string | null>(raw, sql);
  const found: string[] = [];
  for (let last = ''; ; ) {
    const id = next.get(last) ?? null;
    if (id === null) return found;
    found.push(id);
    last = id;
  }
}

type ClaimedRow = Pick<
  typeof jobs.$inferSelect,
  'kind' | 'workspaceId' | 'documentId' | 'revision' | 'modelId' | 'cursor' | 'attempts' | 'textAttempts'
>;

export function claimJob({ raw }: WriteContext, id: string): Job {
  const sql =
    "update jobs set state = 'running' where id = ? " +
    'returning kind, workspace_id workspaceId, document_id documentId, revision, model_id modelId, cursor, attempts, ' +
    'text_attempts textAttempts';
  const row = prepareOnce<[string], ClaimedRow>(raw, sql).get(id);
  if (!row) throw new Error(`the job ${id} is gone`);
  const { kind, workspaceId, documentId, revision, cursor, attempts, textAttempts } = row;
  const modelId = row.modelId ?? '';
  if (kind === 'reembed') return { id, kind, workspaceId, modelId, cursor, attempts };
  if (kind === 'reindex') return { id, kind, workspaceId, attempts };
  if (kind === 'purge-vectors') return { id, kind, workspaceId, modelId, attempts };
  if (kind === 'purge-workspace') return { id, kind, workspaceId, attempts };
  if (kind === 'purge-document') return { id, kind, workspaceId, documentId: documentId ?? '', attempts };
  return { id, kind, workspaceId, documentId: documentId ?? '', revision: revision ?? 0, attempts, textAttempts };
}
