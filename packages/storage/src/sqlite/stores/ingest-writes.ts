import type { IngestStage } from '@lorebox/contract/document';
import type { FailureReason } from '@lorebox/contract/failure';
import type { IngestSource, IngestStore, Job, NewChunk } from '@lorebox/ports/document-stores';
import { and, eq, ne } from '../../drizzle.ts';
import { prepareOnce } from '../connection.ts';
import { chunks, documents, embeddings, ingestEvents, jobs, texts } from '../schema/documents.ts';
import type { WriteContext } from '../writer/context.ts';
import { deleteChunks, ensureEmbedding, ensureTextTable, insertChunk } from './chunk-rows.ts';
import { queueJob } from './document-writes.ts';
import { recordState } from './ingest-events.ts';
import { saveText } from './text-parts.ts';

type Parsed = Parameters<IngestStore['saveParsed']>[1];
type IngestJob = Job & { kind: 'ingest' };

export const ingestCommands = {
  'jobs.claim'(context: WriteContext, input: { limit: number; at: Date }): Job[] {
    const waiting = waitingWorkspaces(context).flatMap((workspaceId) => {
      const running = context.raw
        .prepare("select count(*) n from jobs where state = 'running' and workspace_id = ?")
        .get(workspaceId) as { n: number };
      const queued = context.raw
        .prepare(
          "select id from jobs where state = 'queued' and workspace_id = ? and run_after <= ? order by id limit ?",
        )
        .all(workspaceId, input.at.getTime(), input.limit) as { id: string }[];
      return queued.map(({ id }, turn) => ({ id, turn: turn + running.n }));
    });
    // One round gives each waiting workspace a job before any gets its second.
    waiting.sort((a, b) => a.turn - b.turn || (a.id < b.id ? -1 : 1));
    return waiting.slice(0, input.limit).map(({ id }) => claimJob(context, id));
  },
  'jobs.requeueRunning'({ orm }: WriteContext): number {
    return orm.update(jobs).set({ state: 'queued' }).where(eq(jobs.state, 'running')).run().changes;
  },
  'jobs.postpone'({ orm }: WriteContext, input: { job: Job; runAfter: Date }) {
    const { job, runAfter } = input;
    orm
      .update(jobs)
      .set({ state: 'queued', runAfter, attempts: job.attempts + 1 })
      .where(eq(jobs.id, job.id))
      .run();
  },
  'jobs.finish'({ orm }: WriteContext, job: Job) {
    orm.delete(jobs).where(eq(jobs.id, job.id)).run();
  },
  'jobs.fail'(context: WriteContext, input: { job: Job; reason: FailureReason; message: string; at: Date }) {
    const { job, reason, message, at } = input;
    const gone = context.orm.delete(jobs).where(eq(jobs.id, job.id)).run().changes === 0;
    if (gone || job.kind !== 'ingest') return; // cancelled, replaced or deleted meanwhile
    const row = context.orm.select().from(documents).where(eq(documents.id, job.documentId)).get();
    if (!row) return;
    recordState(context, at, job, { status: 'failed', stage: row.stage, progress: row.progress, reason, message });
  },
  'ingest.saveParsed'(context: WriteContext, input: { source: IngestSource; parsed: Parsed; at: Date }) {
    const { orm } = context;
    const { source, parsed, at } = input;
    const { documentId, revision } = source;
    if (!isCurrent(context, source)) return;
    if (parsed.text !== null) saveText(context, documentId, revision, parsed.text);
    const done = { blocks: parsed.blocks, parsed: true };
    const mine = and(eq(texts.documentId, documentId), eq(texts.revision, revision));
    orm.update(texts).set(done).where(mine).run();
    const { title, format, pages, warnings } = parsed;
    orm.update(documents).set({ title, format, pages, warnings }).where(eq(documents.id, documentId)).run();
    recordState(context, at, source, {
      status: 'processing',
      stage: 'parsed',
      progress: 0.1,
      reason: null,
      message: null,
    });
  },
  /** Chunks of another embedder are of no use to this one. */
  'ingest.dropForeignChunks'(context: WriteContext, input: { documentId: string; revision: number; modelId: string }) {
    const { orm } = context;
    const mine = and(eq(chunks.documentId, input.documentId), eq(chunks.revision, input.revision));
    const model = orm.select().from(embeddings).where(eq(embeddings.modelId, input.modelId)).get();
    const foreign = orm
      .select()
      .from(chunks)
      .where(and(mine, ne(chunks.embeddingKey, model?.key ?? -1)))
      .all();
    if (foreign[0]) deleteChunks(context, foreign[0].workspaceId, foreign);
  },
  'ingest.appendChunks'(
    context: WriteContext,
    input: {
      source: IngestSource;
      model: { modelId: string; dimension: number };
      chunks: readonly NewChunk[];
      progress: { stage: IngestStage; done: number; total: number };
      at: Date;
    },
  ) {
    const { source, progress, at } = input;
    if (!isCurrent(context, source)) return;
    const embeddingKey = ensureEmbedding(context, input.model.modelId, input.model.dimension);
    const table = ensureTextTable(context, source.workspaceId);
    const { documentId, workspaceId, revision, title } = source;
    for (const { vector, ...chunk } of input.chunks) {
      insertChunk(context, table, title, { ...chunk, documentId, workspaceId, revision, embeddingKey }, vector);
    }
    const share = 0.1 + 0.9 * (progress.done / Math.max(1, progress.total));
    const state = {
      status: 'processing',
      stage: progress.stage,
      progress: share,
      reason: null,
      message: null,
    } as const;
    recordState(context, at, source, state);
  },
  'ingest.publish'(context: WriteContext, input: { job: IngestJob; source: IngestSource; chunks: number; at: Date }) {
    const { orm } = context;
    const { job, source, at } = input;
    const { documentId, workspaceId, revision } = source;
    if (!isCurrent(context, source)) return;
    if (orm.delete(jobs).where(eq(jobs.id, job.id)).run().changes === 0) return; // cancelled in the last moment
    const change = { searchableRevision: revision, chunks: input.chunks };
    orm.update(documents).set(change).where(eq(documents.id, documentId)).run();
    // The way there is of no more interest; the last event stays for whoever resumes.
    orm.delete(ingestEvents).where(eq(ingestEvents.documentId, documentId)).run();
    recordState(context, at, source, {
      status: 'ready',
      stage: 'searchable',
      progress: 1,
      reason: null,
      message: null,
    });
    const older = and(eq(texts.documentId, documentId), ne(texts.revision, revision));
    if (orm.select({ revision: texts.revision }).from(texts).where(older).limit(1).get()) {
      queueJob(context, { kind: 'purge-document', workspaceId, documentId, revision: null }, at);
    }
  },
};

/** Hops through the index from workspace to workspace, however many jobs each has. */
function waitingWorkspaces({ raw }: WriteContext): string[] {
  const next = raw.prepare("select min(workspace_id) id from jobs where state = 'queued' and workspace_id > ?");
  const found: string[] = [];
  for (let last = ''; ; ) {
    const { id } = next.get(last) as { id: string | null };
    if (id === null) return found;
    found.push(id);
    last = id;
  }
}

function claimJob({ orm }: WriteContext, id: string): Job {
  const row = orm.select().from(jobs).where(eq(jobs.id, id)).get();
  if (!row) throw new Error(`job ${id} is gone`);
  orm.update(jobs).set({ state: 'running' }).where(eq(jobs.id, id)).run();
  const { kind, workspaceId, documentId, revision, attempts } = row;
  if (kind === 'purge-workspace') return { id, kind, workspaceId, attempts };
  if (kind === 'purge-document') return { id, kind, workspaceId, documentId: documentId ?? '', attempts };
  return { id, kind, workspaceId, documentId: documentId ?? '', revision: revision ?? 0, attempts };
}

/** False once the document was deleted or sent again: what the old job still writes must not land. */
function isCurrent({ raw }: WriteContext, { documentId, revision }: IngestSource): boolean {
  const sql = "select 1 from documents where id = ? and revision = ? and status = 'processing' and removed_at is null";
  return prepareOnce(raw, sql).get(documentId, revision) !== undefined;
}
