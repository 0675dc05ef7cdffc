import type { IngestStage } from '@lorebox/contract/document';
import type { IngestJob, IngestSource, IngestStore, NewChunk } from '@lorebox/ports/document-stores';
import type { ParseProgress } from '@lorebox/ports/parser';
import { and, eq } from '../../drizzle.ts';
import { deleteChunks, insertChunk } from '../chunks/chunk-rows.ts';
import { chunks } from '../chunks/schema.ts';
import { ensureTextTable } from '../chunks/text-index.ts';
import { mergeMetadata } from '../documents/merge-metadata.ts';
import { documents } from '../documents/schema.ts';
import { saveText } from '../documents/text-parts.ts';
import { admitsVectors } from '../embeddings/active-embedder.ts';
import { ensureEmbedding, findEmbedding, vectorTable } from '../embeddings/vector-table.ts';
import { queueJob } from '../jobs/queue-job.ts';
import { updateRows } from '../prepared-writes.ts';
import { prepareOnce, prepareValue } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';
import { recordState } from './record-state.ts';

type Parsed = Parameters<IngestStore['saveParsed']>[1];

/** Share of OCR or transcription in the progress from stored to searchable, for documents that need it. */
const RECOGNITION_SHARE = 0.9;

export const ingestCommands = {
  'ingest.beginText'({ raw }: WriteContext, input: { jobId: string }) {
    prepareOnce(raw, 'update jobs set text_attempts = text_attempts + 1 where id = ?').run(input.jobId);
  },
  'ingest.endText'({ raw }: WriteContext, input: { jobId: string }) {
    prepareOnce(raw, 'update jobs set text_attempts = 0 where id = ?').run(input.jobId);
  },
  'ingest.reportPages'(context: WriteContext, input: { source: IngestSource; progress: ParseProgress; at: Date }) {
    const { source, at } = input;
    const { page, pageCount, unit } = input.progress;
    if (!isCurrent(context, source)) return;
    recordState(context, at, source, {
      status: 'processing',
      stage: 'stored',
      progress: (RECOGNITION_SHARE * (page - 1)) / Math.max(1, pageCount),
      reason: null,
      message:
        unit === 'minute' ? `Transcribing minute ${page} of ${pageCount}` : `Reading ${unit} ${page} of ${pageCount}`,
    });
  },
  'ingest.saveParsed'(context: WriteContext, input: { source: IngestSource; parsed: Parsed; at: Date }) {
    const { orm } = context;
    const { source, parsed, at } = input;
    const { documentId, revision } = source;
    if (!isCurrent(context, source)) return;
    if (parsed.text !== null) saveText(context, documentId, revision, parsed.text);
    const { title, format, pages, duration, warnings, blocks } = parsed;
    prepareOnce(context.raw, 'update texts set blocks = ?, parsed = 1 where document_id = ? and revision = ?').run(
      blocks && JSON.stringify(blocks),
      documentId,
      revision,
    );
    const row = orm.select({ metadata: documents.metadata }).from(documents).where(eq(documents.id, documentId)).get();
    const metadata = mergeMetadata(parsed.metadata, row?.metadata ?? {});
    const change = { title, format, pages, duration, warnings, metadata, fileMetadata: parsed.metadata };
    updateRows(orm, documents, documents.id, documentId, change);
    recordState(context, at, source, {
      status: 'processing',
      stage: 'parsed',
      progress: Math.max(0.1, progressOf(context, documentId)),
      reason: null,
      message: null,
    });
  },
  /** Chunks without a vector of the target embedder are useless. */
  'ingest.dropForeignChunks'(context: WriteContext, input: { documentId: string; revision: number; modelId: string }) {
    const { orm, raw } = context;
    const mine = and(eq(chunks.documentId, input.documentId), eq(chunks.revision, input.revision));
    const model = findEmbedding(raw, input.modelId);
    const has = model && prepareOnce(raw, `select 1 from ${vectorTable(model.key)} where chunk_key = ?`);
    const rows = orm.select({ key: chunks.key, workspaceId: chunks.workspaceId }).from(chunks).where(mine).all();
    const foreign = rows.filter(({ key }) => !has?.get(key));
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
  ): boolean {
    const { source, progress, at } = input;
    if (!isCurrent(context, source)) return true;
    const embeddingKey = ensureEmbedding(context, input.model.modelId, input.model.dimension);
    if (!admitsVectors(context, source.workspaceId, embeddingKey)) return false;
    const text = ensureTextTable(context, source.workspaceId);
    context.unmerged.add(text.textTable);
    const { documentId, workspaceId, revision, title } = source;
    const into = { ...text, embeddingKey };
    for (const { vector, ...chunk } of input.chunks) {
      insertChunk(context, into, title, { ...chunk, documentId, workspaceId, revision }, vector);
    }
    const share = Math.max(0.1 + 0.9 * (progress.done / Math.max(1, progress.total)), progressOf(context, documentId));
    const state = {
      status: 'processing',
      stage: progress.stage,
      progress: share,
      reason: null,
      message: null,
    } as const;
    recordState(context, at, source, state);
    return true;
  },
  'ingest.publish'(context: WriteContext, input: { job: IngestJob; source: IngestSource; chunks: number; at: Date }) {
    const { orm, raw } = context;
    const { job, source, at } = input;
    const { documentId, workspaceId, revision } = source;
    if (!isCurrent(context, source)) return;
    const finished = prepareOnce(raw, 'delete from jobs where id = ?').run(job.id);
    if (finished.changes === 0) return; // cancelled at the last moment
    const change = { searchableRevision: revision, chunks: input.chunks, summaryState: 'none' as const };
    updateRows(orm, documents, documents.id, documentId, change);
    // The intermediate steps are no longer needed. The last event is kept for clients that resume.
    prepareOnce(raw, 'delete from ingest_events where document_id = ?').run(documentId);
    recordState(context, at, source, {
      status: 'ready',
      stage: 'searchable',
      progress: 1,
      reason: null,
      message: null,
    });
    const older = prepareOnce(raw, 'select 1 from texts where document_id = ? and revision <> ? limit 1');
    if (older.get(documentId, revision)) {
      queueJob(context, { kind: 'purge-document', workspaceId, documentId, revision: null }, at);
    }
  },
};

/** OCR may have advanced the progress further than the text alone would. */
function progressOf({ raw }: WriteContext, documentId: string): number {
  return prepareValue<[string], number>(raw, 'select progress from documents where id = ?').get(documentId) ?? 0;
}

/**
 * Returns false after the document was deleted, cancelled, retried or sent again: later writes of the old job are
 * ignored.
 */
function isCurrent({ raw }: WriteContext, { jobId, revision }: IngestSource): boolean {
  const sql =
    'select 1 from jobs j join documents d on d.id = j.document_id ' +
    "where j.id = ? and d.revision = ? and d.status = 'processing' and d.removed_at is null";
  return prepareOnce(raw, sql).get(jobId, revision) !== undefined;
}
