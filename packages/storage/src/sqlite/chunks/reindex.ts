import { createId } from '@lorebox/contract/create-id';
import type { Job } from '@lorebox/ports/document-stores';
import { prepareOnce } from '../connection.ts';
import { jobs } from '../jobs/schema.ts';
import { insertRow } from '../prepared.ts';
import type { WriteContext } from '../writer/context.ts';
import { analysisOf } from './text-analysis.ts';
import { createTextTable, hasTable, indexText, nextTextTable, textTable } from './text-index.ts';

/** Chunks that one step indexes: about 10 ms of the writer's time. */
const STEP = 200;

export const reindexCommands = {
  /** Called at the start: indexes that an older version made are made anew while they go on serving. */
  'texts.follow'(context: WriteContext, input: { at: Date }): number {
    const ids = context.raw.prepare('select id from workspaces where removed_at is null').pluck().all() as string[];
    return ids.filter((id) => followAnalyzer(context, id, input.at)).length;
  },
};

/** Queues the job that makes a workspace's full-text index anew, when it was made otherwise than it is to be. */
export function followAnalyzer(context: WriteContext, workspaceId: string, at: Date): boolean {
  const { raw, orm } = context;
  const { analyzer, wanted } = analysisOf(context, workspaceId);
  const pending = "select id, model_id wanted from jobs where workspace_id = ? and kind = 'reindex'";
  const job = prepareOnce(raw, pending).get(workspaceId) as { id: string; wanted: string } | undefined;
  if ((job?.wanted ?? analyzer) === wanted || !hasTable(raw, textTable(workspaceId))) return false;
  if (job) prepareOnce(raw, 'delete from jobs where id = ?').run(job.id);
  raw.exec(`drop table if exists "${nextTextTable(workspaceId)}"`);
  if (analyzer === wanted) return false;
  const next = {
    id: createId('job'),
    kind: 'reindex',
    state: 'queued',
    workspaceId,
    modelId: wanted,
    attempts: 0,
  } as const;
  insertRow(orm, jobs, { ...next, runAfter: at, createdAt: at });
  return true;
}

interface ChunkRow {
  key: number;
  title: string;
  section: string | null;
  text: string;
}

/** One bounded step of making an index anew beside the old one; the last step puts it in its place. True when that is done. */
export function reindexTexts(context: WriteContext, job: Job & { kind: 'reindex' }): boolean {
  const { raw } = context;
  const { workspaceId } = job;
  const row = prepareOnce(raw, 'select cursor, model_id wanted from jobs where id = ?').get(job.id) as
    | { cursor: number; wanted: `${number}:auto` }
    | undefined;
  if (!row) return true;
  const table = nextTextTable(workspaceId);
  if (!hasTable(raw, table)) {
    createTextTable(raw, table);
    const isCounted = analysisOf(context, workspaceId).analyzer?.endsWith(':auto');
    if (!isCounted) prepareOnce(raw, 'delete from workspace_languages where workspace_id = ?').run(workspaceId);
  }
  const sql =
    "select c.key, case when d.source = 'text' and not d.title_given then '' else coalesce(d.title, '') end title, " +
    'c.section, c.text from chunks c left join documents d on d.id = c.document_id ' +
    'where c.workspace_id = ? and c.key > ? order by c.key limit ?';
  const chunks = prepareOnce(raw, sql).all(workspaceId, row.cursor, STEP) as ChunkRow[];
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
