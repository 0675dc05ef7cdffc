import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { AppError } from '@lorebox/contract/errors';
import type { AcceptedDocument, NewDocument } from '@lorebox/ports/document-stores';
import { eq } from '../../drizzle.ts';
import { adoptBlob, releaseBlob } from '../blobs/blob-files.ts';
import { QUEUED, recordState } from '../ingest/record-state.ts';
import { queueJob } from '../jobs/queue-job.ts';
import { insertRow } from '../prepared-writes.ts';
import { prepareOnce, prepareValue } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';
import { NAME_INDEX } from './find-listed.ts';
import { mergeMetadata } from './merge-metadata.ts';
import { documents } from './schema.ts';
import { saveText } from './text-parts.ts';

type DocumentRow = typeof documents.$inferSelect;

export function addDocument(context: WriteContext, input: NewDocument, at: Date): AcceptedDocument {
  const { orm } = context;
  const content = contentOf(input);
  const existing = findExisting(context, input, content.sha256);
  if (existing && isUnchanged(existing, input, content.sha256)) {
    if (input.source !== 'text') context.afterCommit(() => rmSync(input.file.path, { force: true }));
    const { filename, sourceUrl } = input;
    const metadata = mergeMetadata(existing.fileMetadata, input.metadata);
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

/** Finds the document with the same external id; otherwise the one with the same bytes and filename, or the same path. */
function findExisting({ orm, raw }: WriteContext, input: NewDocument, sha256: string): DocumentRow | undefined {
  const { workspaceId, externalId, filename } = input;
  const mine = 'select id from documents where workspace_id = ? and removed_at is null and';
  const bySameBytes = `${mine} external_id is null and sha256 = ? and filename = ?`;
  const id =
    externalId !== null
      ? prepareValue<[string, string], string>(raw, `${mine} external_id = ?`).get(workspaceId, externalId)
      : (findSamePath(raw, input, sha256) ??
        prepareValue<[string, string, string], string>(raw, bySameBytes).get(workspaceId, sha256, filename));
  return id === undefined ? undefined : orm.select().from(documents).where(eq(documents.id, id)).get();
}

/** @throws AppError if the sender rejects files whose path exists with other content. */
function findSamePath(raw: WriteContext['raw'], input: NewDocument, sha256: string): string | undefined {
  const { onSamePath = 'add', metadata, filename, workspaceId } = input;
  if (onSamePath === 'add') return undefined;
  const path = typeof metadata.path === 'string' ? metadata.path : null;
  const id = prepareValue<[string, string, string | null], string>(
    raw,
    'select id from documents where workspace_id = ? and removed_at is null and external_id is null and ' +
      "filename = ? and json_extract(metadata, '$.path') is ? order by id desc limit 1",
  ).get(workspaceId, filename, path);
  if (id === undefined || onSamePath === 'replace') return id;
  const stored = prepareValue<[string], string>(raw, 'select sha256 from documents where id = ?').get(id);
  if (stored === sha256) return id;
  throw new AppError(
    'CONFLICT',
    `Already in the workspace: "${path ?? filename}". Send onSamePath "replace" to replace it, or "add" to keep both.`,
  );
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
    fileMetadata: {},
    format: null,
    warnings: [],
    pinned: false,
    summaryState: 'none',
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

/** Stores new content for a known external id. Searches see the old revision until the new one is complete. */
function reviseDocument(
  { orm, eraser }: WriteContext,
  existing: DocumentRow,
  input: NewDocument,
  { sha256, size, contentType }: Content,
  at: Date,
): DocumentRow {
  eraser.noteTable(NAME_INDEX);
  const { filename, metadata, source, sourceUrl } = input;
  const titleGiven = input.title !== null;
  const title = input.title ?? (existing.titleGiven ? existing.title : filename);
  const change = { filename, metadata, source, sourceUrl, title, titleGiven, sha256, size, contentType };
  const revision = existing.revision + 1;
  const where = eq(documents.id, existing.id);
  return orm
    .update(documents)
    .set({ ...change, fileMetadata: {}, revision, updatedAt: at })
    .where(where)
    .returning()
    .get();
}

export function queueIngest(context: WriteContext, row: DocumentRow, at: Date): void {
  const about = { documentId: row.id, workspaceId: row.workspaceId, revision: row.revision };
  prepareOnce(context.raw, "delete from jobs where document_id = ? and kind = 'ingest'").run(row.id);
  queueJob(context, { kind: 'ingest', ...about }, at);
  recordState(context, at, about, QUEUED);
}
