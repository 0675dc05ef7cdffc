import type { IngestStore } from '@lorebox/ports/document-stores';
import { and, count, eq, isNull, sql } from '../../drizzle.ts';
import type { Connection } from '../connection.ts';
import { prepareSelect } from '../prepared.ts';
import { chunks, documents, embeddings, jobs, texts } from '../schema/documents.ts';
import type { Writer } from '../writer/writer.ts';
import { readRange } from './text-parts.ts';

export function createIngestStore(connection: Connection, writer: Writer): IngestStore {
  const { orm } = connection;
  const current = prepareSelect(
    connection,
    orm
      .select({ document: documents })
      .from(documents)
      .innerJoin(jobs, eq(jobs.id, sql.placeholder('jobId')))
      .where(
        and(
          eq(documents.id, sql.placeholder('documentId')),
          eq(documents.revision, sql.placeholder('revision')),
          eq(documents.status, 'processing'),
          isNull(documents.removedAt),
        ),
      ),
  );
  const textOf = prepareSelect(
    connection,
    orm
      .select()
      .from(texts)
      .where(and(eq(texts.documentId, sql.placeholder('documentId')), eq(texts.revision, sql.placeholder('revision')))),
  );
  const chunksByModel = prepareSelect(
    connection,
    orm
      .select({ modelId: embeddings.modelId, n: count() })
      .from(chunks)
      .innerJoin(embeddings, eq(embeddings.key, chunks.embeddingKey))
      .where(
        and(eq(chunks.documentId, sql.placeholder('documentId')), eq(chunks.revision, sql.placeholder('revision'))),
      )
      .groupBy(embeddings.modelId),
  );
  return {
    claim: (limit, at) => writer.run('jobs.claim', { limit, at }),
    requeueRunning: () => writer.run('jobs.requeueRunning', undefined),
    async source(job) {
      const row = current.get({ documentId: job.documentId, revision: job.revision, jobId: job.id })?.document;
      if (!row) return null;
      const { id: documentId, workspaceId, revision, filename, title, titleGiven, contentType, source, size } = row;
      const sha256 = source === 'text' ? null : row.sha256;
      return {
        jobId: job.id,
        documentId,
        workspaceId,
        revision,
        filename,
        title,
        titleGiven,
        contentType,
        source,
        size,
        sha256,
      };
    },
    async parsed(documentId, revision) {
      const row = textOf.get({ documentId, revision });
      if (!row) return null;
      const text = readRange(connection, documentId, revision, 0, Number.POSITIVE_INFINITY);
      return { text, blocks: row.blocks, isParsed: row.parsed };
    },
    reportPages: (source, progress, at) => writer.run('ingest.reportPages', { source, progress, at }),
    saveParsed: (source, parsed, at) => writer.run('ingest.saveParsed', { source, parsed, at }),
    async storedChunks(documentId, revision, modelId) {
      const rows = chunksByModel.all({ documentId, revision });
      if (rows.every((row) => row.modelId === modelId)) return rows[0]?.n ?? 0;
      await writer.run('ingest.dropForeignChunks', { documentId, revision, modelId });
      return rows.find((row) => row.modelId === modelId)?.n ?? 0;
    },
    appendChunks: (source, model, chunks, progress, at) =>
      writer.run('ingest.appendChunks', { source, model, chunks, progress, at }),
    publish: (job, source, chunks, at) => writer.run('ingest.publish', { job, source, chunks, at }),
    fail: (job, reason, message, at) => writer.run('jobs.fail', { job, reason, message, at }),
    release: (job) => writer.run('jobs.release', job),
    postpone: (job, runAfter) => writer.run('jobs.postpone', { job, runAfter }),
    purgeStep: (job) => writer.run('purge.step', job),
    finish: (job) => writer.run('jobs.finish', job),
  };
}
