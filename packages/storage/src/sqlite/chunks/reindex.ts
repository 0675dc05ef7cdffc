import type { Job } from '@lorebox/ports/document-stores';
import { queueJob } from '../jobs/queue-job.ts';
import { prepareOnce } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';
import { passagesAfter } from './passages.ts';
import { type Analyzer, analysisOf } from './text-analysis.ts';
import { createTextTable, hasTable, indexText, nextTextTable, textTable } from './text-index.ts';

/** Chunks indexed per step: about 10 ms on the writer thread. */
const STEP = 200;

/**
 * Queues a job that rebuilds the full-text index of a workspace if its analyzer is outdated. Returns false if nothing
 * changed.
 */
export function queueReindex(context: WriteContext, workspaceId: string, at: Date): boolean {
  const { raw } = context;
  const { analyzer, wanted } = analysisOf(context, workspaceId);
  const pending = "select id, model_id wanted from jobs where workspace_id = ? and kind = 'reindex'";
  const job = prepareOnce<[string], { id: string; wanted: string }>(raw, pending).get(workspaceId);
  if ((job?.wanted ?? analyzer) === wanted || !hasTable(raw, textTable(workspaceId))) return false;
  if (job) prepareOnce(raw, 'delete from jobs where id = ?').run(job.id);
  raw.exec(`drop table if exists "${nextTextTable(workspaceId)}"`);
  if (analyzer === wanted) return false;
  queueJob(context, { kind: 'reindex', workspaceId, modelId: wanted }, at);
  return true;
}

/**
 * Runs one bounded step of building a new index beside the old one. The last step replaces the old one. Returns true
 * when done.
 */
export function reindexTexts(context: WriteContext, job: Job & { kind: 'reindex' }): boolean {
  const { raw } = context;
  const { workspaceId } = job;
  const progress = 'select cursor, model_id wanted from jobs where id = ?';
  const row = prepareOnce<[string], { cursor: number; wanted: NonNullable<Analyzer> }>(raw, progress).get(job.id);
  if (!row) return true;
  const table = nextTextTable(workspaceId);
  if (!hasTable(raw, table)) {
    createTextTable(raw, table);
    const isCounted = analysisOf(context, workspaceId).analyzer?.endsWith(':auto');
    if (!isCounted) prepareOnce(raw, 'delete from workspace_languages where workspace_id = ?').run(workspaceId);
  }
  const chunks = passagesAfter(raw, workspaceId, row.cursor, STEP);
  for (const chunk of chunks) indexText(raw, { textTable: table, workspaceId, analyzer: row.wanted }, chunk);
  const last = chunks.at(-1);
  if (last) {
    prepareOnce(raw, 'update jobs set cursor = ? where id = ?').run(last.key, job.id);
    return false;
  }
  const name = textTable(workspaceId);
  raw.exec(`drop table if exists "${name}"; alter table "${table}" rename to "${name}"`);
  context.unmerged.add(name);
  prepareOnce(raw, 'update workspaces set text_analyzer = ? where id = ?').run(row.wanted, workspaceId);
  return true;
}
