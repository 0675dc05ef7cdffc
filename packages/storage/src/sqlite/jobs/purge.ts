import type { Job } from '@lorebox/ports/document-stores';
import { and, eq, inArray, ne } from '../../drizzle.ts';
import { releaseBlob } from '../blobs/blob-files.ts';
import { deleteChunks } from '../chunks/chunk-rows.ts';
import { reindexTexts } from '../chunks/reindex.ts';
import { chunks, excludedChunks } from '../chunks/schema.ts';
import { nextTextTable, textTable } from '../chunks/text-index.ts';
import { NAME_INDEX } from '../documents/find-listed.ts';
import { documents, texts } from '../documents/schema.ts';
import { purgeVectors } from '../embeddings/purge-vectors.ts';
import { ingestEvents } from '../ingest/schema.ts';
import { THREAD_INDEX } from '../threads/thread-texts.ts';
import { noteRemovedWorkspace } from '../vector-syncs/note-changes.ts';
import { workspaces } from '../workspaces/schema.ts';
import type { WriteContext } from '../writer/context.ts';
import { jobs } from './schema.ts';

/** Chunks removed per step: about 10 ms on the writer thread. */
const STEP = 200;

/** Runs one bounded step. Returns true when nothing is left to do. */
export function purgeStep(context: WriteContext, job: Job): boolean {
  if (job.kind === 'purge-document') return purgeDocument(context, job.documentId);
  if (job.kind === 'purge-workspace') return purgeWorkspace(context, job.workspaceId);
  if (job.kind === 'purge-vectors') return purgeVectors(context, job);
  if (job.kind === 'reindex') return reindexTexts(context, job);
  return true;
}

function purgeDocument(context: WriteContext, documentId: string): boolean {
  const { orm } = context;
  const row = orm.select().from(documents).where(eq(documents.id, documentId)).get();
  const keep = !row || row.removedAt ? [] : [row.revision, row.searchableRevision ?? row.revision];
  const stale = and(eq(chunks.documentId, documentId), ...keep.map((revision) => ne(chunks.revision, revision)));
  const batch = orm.select().from(chunks).where(stale).limit(STEP).all();
  // A document that was moved has chunks in two workspaces.
  for (const workspaceId of new Set(batch.map((chunk) => chunk.workspaceId)))
    deleteChunks(
      context,
      workspaceId,
      batch.filter((chunk) => chunk.workspaceId === workspaceId),
    );
  if (batch.length === STEP) return false;
  const staleExcluded = and(
    eq(excludedChunks.documentId, documentId),
    ...keep.map((revision) => ne(excludedChunks.revision, revision)),
  );
  orm.delete(excludedChunks).where(staleExcluded).run();
  if (!row) return true;
  const old = and(eq(texts.documentId, documentId), ...keep.map((revision) => ne(texts.revision, revision)));
  orm.delete(texts).where(old).run();
  if (row.removedAt) removeDocument(context, row);
  return true;
}

function removeDocument(context: WriteContext, row: typeof documents.$inferSelect): void {
  const { orm, eraser } = context;
  eraser.noteTable(NAME_INDEX);
  orm.delete(ingestEvents).where(eq(ingestEvents.documentId, row.id)).run();
  orm.delete(documents).where(eq(documents.id, row.id)).run();
  releaseBlob(context, row.sha256);
}

function purgeWorkspace(context: WriteContext, workspaceId: string): boolean {
  const { orm, raw, eraser } = context;
  for (const name of [textTable(workspaceId), nextTextTable(workspaceId)]) raw.exec(`drop table if exists "${name}"`);
  const batch = orm.select().from(chunks).where(eq(chunks.workspaceId, workspaceId)).limit(STEP).all();
  deleteChunks(context, workspaceId, batch);
  if (batch.length === STEP) return false;
  const rows = orm.select().from(documents).where(eq(documents.workspaceId, workspaceId)).limit(STEP).all();
  const ids = rows.map((row) => row.id);
  if (ids.length > 0) orm.delete(jobs).where(inArray(jobs.documentId, ids)).run();
  for (const row of rows) removeDocument(context, row);
  if (rows.length === STEP) return false;
  noteRemovedWorkspace(raw, workspaceId);
  orm.delete(excludedChunks).where(eq(excludedChunks.workspaceId, workspaceId)).run();
  orm.delete(workspaces).where(eq(workspaces.id, workspaceId)).run();
  eraser.noteTable(THREAD_INDEX);
  return true;
}
