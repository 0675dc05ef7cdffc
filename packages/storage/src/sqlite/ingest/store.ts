import type { IngestStore } from '@lorebox/ports/document-stores';
import { and, eq, isNull, sql } from '../../drizzle.ts';
import { documents, texts } from '../documents/schema.ts';
import { readRange } from '../documents/text-parts.ts';
import { findKnownVectors } from '../embeddings/known-vectors.ts';
import { defineEntity } from '../entity.ts';
import { jobCommands } from '../jobs/commands.ts';
import { jobs } from '../jobs/schema.ts';
import { prepareOnce } from '../statements.ts';
import { ingestCommands } from './commands.ts';

export const ingestEntity = defineEntity({ ...jobCommands, ...ingestCommands }, (connection, writer): IngestStore => {
  const { orm } = connection;
  const current = orm
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
    )
    .prepare();
  const textOf = orm
    .select()
    .from(texts)
    .where(and(eq(texts.documentId, sql.placeholder('documentId')), eq(texts.revision, sql.placeholder('revision'))))
    .prepare();
  return {
    claim: (limit, at) => writer.run('jobs.claim', { limit, at }),
    requeueRunning: (at) => writer.run('jobs.requeueRunning', { at }),
    beginText: ({ id }) => writer.run('ingest.beginText', { jobId: id }),
    endText: ({ id }) => writer.run('ingest.endText', { jobId: id }),
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
      await writer.run('ingest.dropForeignChunks', { documentId, revision, modelId });
      const stored =
        'select count(*) count, coalesce(max("end"), 0) end from chunks where document_id = ? and revision = ?';
      const totals = prepareOnce<[string, number], { count: number; end: number }>(connection.raw, stored);
      return totals.get(documentId, revision) ?? { count: 0, end: 0 };
    },
    dropChunks: (documentId, revision) => writer.run('ingest.dropForeignChunks', { documentId, revision, modelId: '' }),
    knownVectors: async (modelId, texts) => findKnownVectors(connection, modelId, texts),
    appendChunks: (source, model, chunks, progress, at) =>
      writer.run('ingest.appendChunks', { source, model, chunks, progress, at }),
    publish: (job, source, chunks, at) => writer.run('ingest.publish', { job, source, chunks, at }),
    fail: (job, reason, message, at) => writer.run('jobs.fail', { job, reason, message, at }),
    release: (job) => writer.run('jobs.release', job),
    postpone: (job, runAfter, message) => writer.run('jobs.postpone', { job, runAfter, message }),
    purgeStep: (job) => writer.run('jobs.purgeStep', job),
    finish: (job) => writer.run('jobs.finish', job),
  };
});
