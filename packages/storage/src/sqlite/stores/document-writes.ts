import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createId } from '@lorebox/contract/create-id';
import type { Metadata } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import type { AcceptedDocument, NewDocument } from '@lorebox/ports/document-stores';
import { and, eq, inArray, isNull } from '../../drizzle.ts';
import { prepareOnce } from '../connection.ts';
import { insertRow } from '../prepared.ts';
import { documents, jobs } from '../schema/documents.ts';
import type { WriteContext } from '../writer/context.ts';
import { adoptBlob, releaseBlob, sweepBlobs } from './blob-rows.ts';
import { recordEvent } from './event-writes.ts';
import { QUEUED, recordState } from './ingest-events.ts';
import { saveText } from './text-parts.ts';

type DocumentRow = typeof documents.$inferSelect;

export const documentCommands = {
  'blobs.sweep': (context: WriteContext, folder: string): number => sweepBlobs(context, folder),
  'documents.update'(
    { orm }: WriteContext,
    { id, change, at }: { id: string; change: { title?: string; metadata?: Metadata }; at: Date },
  ): void {
    const titleGiven = change.title === undefined ? {} : { titleGiven: true };
    orm
      .update(documents)
      .set({ ...change, ...titleGiven, updatedAt: at })
      .where(eq(documents.id, id))
      .run();
  },
  'documents.add'(context: WriteContext, input: { documents: readonly NewDocument[]; at: Date }): AcceptedDocument[] {
    const seen = new Set<string>();
    return input.documents.map((document) => {
      if (!seen.has(document.workspaceId)) assertWorkspace(context, document.workspaceId);
      seen.add(document.workspaceId);
      return addDocument(context, document, input.at);
    });
  },
  'documents.remove'(context: WriteContext, input: { workspaceId: string; ids: readonly string[]; at: Date }): number {
    return removeDocuments(context, input.workspaceId, input.ids, input.at);
  },
  'documents.retry'(context: WriteContext, input: { id: string; at: Date }): boolean {
    const row = context.orm.select().from(documents).where(eq(documents.id, input.id)).get();
    if (row?.status !== 'failed' || row.removedAt) return false;
    queueIngest(context, row, input.at);
    return true;
  },
  'documents.cancel'(context: WriteContext, input: { id: string; at: Date }): boolean {
    const row = context.orm.select().from(documents).where(eq(documents.id, input.id)).get();
    if (row?.status !== 'processing' || row.removedAt) return false;
    const mine = and(eq(jobs.documentId, row.id), eq(jobs.kind, 'ingest'));
    context.orm.delete(jobs).where(mine).run();
    const { id: documentId, workspaceId, stage, progress } = row;
    const message = 'The ingest was cancelled. Retry the document to process it.';
    const state = { status: 'failed', stage, progress, reason: 'cancelled', message } as const;
    recordState(context, input.at, { documentId, workspaceId }, state);
    return true;
  },
};

/** Invisible at once; returns how many of the ids were there. */
export function removeDocuments(context: WriteContext, workspaceId: string, ids: readonly string[], at: Date): number {
  const { orm } = context;
  const mine = and(
    eq(documents.workspaceId, workspaceId),
    inArray(documents.id, [...ids]),
    isNull(documents.removedAt),
  );
  const gone = orm.select().from(documents).where(mine).all();
  orm.update(documents).set({ removedAt: at, externalId: null }).where(mine).run();
  for (const { id, externalId, title, filename } of gone) {
    const data = { documentId: id, externalId, title, filename };
    recordEvent(context, { type: 'document.deleted', workspaceId, timestamp: at, data });
    orm.delete(jobs).where(eq(jobs.documentId, id)).run();
    queueJob(context, { kind: 'purge-document', workspaceId, documentId: id, revision: null }, at);
  }
  return gone.length;
}

function assertWorkspace({ raw }: WriteContext, id: string): void {
  const alive = prepareOnce(raw, 'select 1 from workspaces where id = ? and removed_at is null').get(id);
  if (!alive) throw new AppError('NOT_FOUND');
}

export function addDocument(context: WriteContext, input: NewDocument, at: Date): AcceptedDocument {
  const { orm } = context;
  const content = contentOf(input);
  const existing = findExisting(context, input, content.sha256);
  if (existing && isUnchanged(existing, input, content.sha256)) {
    if (input.source !== 'text') context.afterCommit(() => rmSync(input.file.path, { force: true }));
    const { filename, metadata, sourceUrl } = input;
    orm.update(documents).set({ filename, metadata, sourceUrl }).where(eq(documents.id, existing.id)).run();
    return { id: existing.id, externalId: input.externalId, filename, status: existing.status, unchanged: true };
  }
  if (input.source !== 'text') adoptBlob(context, input.file);
  const row = existing
    ? reviseDocument(context, existing, input, content, at)
    : insertDocument(context, input, content, at);
  if (input.source === 'text') {
    saveText(context, row.id, row.revision, input.text);
  }
  if (existing && existing.sha256 !== content.sha256) releaseBlob(context, existing.sha256);
  queueIngest(context, row, at);
  return { id: row.id, externalId: row.externalId, filename: row.filename, status: 'processing', unchanged: false };
}

interface Content {
  sha256: string;
  size: number;
  contentType: string | null;
}

function contentOf(input: NewDocument): Content {
  if (input.source !== 'text') return input.file;
  const sha256 = createHash('sha256').update(input.text).digest('hex');
  return { sha256, size: Buffer.byteLength(input.text), contentType: 'text/plain' };
}

/** The document that this content belongs to: the same external id, else the same bytes under the same name. */
function findExisting({ orm, raw }: WriteContext, input: NewDocument, sha256: string): DocumentRow | undefined {
  const { workspaceId, externalId, filename } = input;
  const mine = 'select id from documents where workspace_id = ? and removed_at is null and';
  const found =
    externalId !== null
      ? prepareOnce(raw, `${mine} external_id = ?`).get(workspaceId, externalId)
      : prepareOnce(raw, `${mine} external_id is null and sha256 = ? and filename = ?`).get(
          workspaceId,
          sha256,
          filename,
        );
  const { id } = (found ?? {}) as { id?: string };
  return id === undefined ? undefined : orm.select().from(documents).where(eq(documents.id, id)).get();
}

function isUnchanged(existing: DocumentRow, input: NewDocument, sha256: string): boolean {
  const sameTitle = input.title === null || input.title === existing.title;
  return existing.sha256 === sha256 && sameTitle && existing.status !== 'failed';
}

function insertDocument({ orm }: WriteContext, input: NewDocument, content: Content, at: Date): DocumentRow {
  const { id, workspaceId, externalId, filename, metadata, source, sourceUrl } = input;
  const { sha256, size, contentType } = content;
  const row: DocumentRow = {
    ...{ id, workspaceId, externalId, filename, metadata, source, sourceUrl, ...QUEUED, sha256, size, contentType },
    title: input.title ?? filename,
    titleGiven: input.title !== null,
    format: null,
    warnings: [],
    pages: null,
    duration: null,
    chunks: 0,
    revision: 1,
    searchableRevision: null,
    createdAt: at,
    updatedAt: at,
    removedAt: null,
  };
  insertRow(orm, documents, row);
  return row;
}

/** New content for a known external id; the revision that searches see stays until the new one is whole. */
function reviseDocument(
  { orm }: WriteContext,
  existing: DocumentRow,
  input: NewDocument,
  { sha256, size, contentType }: Content,
  at: Date,
): DocumentRow {
  const { filename, metadata, source, sourceUrl } = input;
  const titleGiven = input.title !== null;
  const title = input.title ?? (existing.titleGiven ? existing.title : filename);
  const change = { filename, metadata, source, sourceUrl, title, titleGiven, sha256, size, contentType };
  const revision = existing.revision + 1;
  const where = eq(documents.id, existing.id);
  return orm
    .update(documents)
    .set({ ...change, revision, updatedAt: at })
    .where(where)
    .returning()
    .get();
}

function queueIngest(context: WriteContext, row: DocumentRow, at: Date): void {
  const about = { documentId: row.id, workspaceId: row.workspaceId, revision: row.revision };
  prepareOnce(context.raw, "delete from jobs where document_id = ? and kind = 'ingest'").run(row.id);
  queueJob(context, { kind: 'ingest', ...about }, at);
  recordState(context, at, about, QUEUED);
}

export function queueJob(
  { orm }: WriteContext,
  job: Pick<typeof jobs.$inferInsert, 'kind' | 'workspaceId' | 'documentId' | 'revision'>,
  at: Date,
): void {
  insertRow(orm, jobs, { id: createId('job'), state: 'queued', attempts: 0, runAfter: at, createdAt: at, ...job });
}
