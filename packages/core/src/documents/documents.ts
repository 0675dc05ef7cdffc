import type { Actor } from '@lorebox/contract/actor';
import type {
  Chunk,
  Document,
  DocumentContent,
  DocumentSummary,
  DocumentText,
  ListDocumentsInput,
  UpdateDocumentInput,
} from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import type { Page, PageInput } from '@lorebox/contract/page';
import type { MemberRole } from '@lorebox/contract/workspace';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import { recordOnce } from '../audit/record-refusal.ts';
import type { Core } from '../core.ts';
import { cleanName } from '../text/clean-name.ts';
import { withoutUndefined } from '../without-undefined.ts';

export async function listDocuments(core: Core, actor: Actor, input: ListDocumentsInput): Promise<Page<Document>> {
  requireScope(actor, 'documents:read');
  const { workspace: ref, ...query } = input;
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  return core.stores.documents.list({ ...query, workspaceId: workspace.id });
}

export async function getDocument(core: Core, actor: Actor, documentId: string): Promise<Document> {
  requireScope(actor, 'documents:read');
  return findDocument(core, actor, documentId, 'viewer');
}

/** How many documents of a workspace are ready, on their way and failed. */
export async function summarizeDocuments(core: Core, actor: Actor, ref: string): Promise<DocumentSummary> {
  requireScope(actor, 'documents:read');
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  return core.stores.documents.summary(workspace.id);
}

/** Ids of a deletion that its entry in the audit log names. */
const MAX_IDS_IN_LOG = 50;
const MEDIA_TYPE = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/;

/** What was uploaded. The bytes themselves lie in the blob store, or are the stored text. */
export async function getDocumentContent(core: Core, actor: Actor, documentId: string): Promise<DocumentContent> {
  requireScope(actor, 'documents:read');
  const { id, workspaceId } = await findDocument(core, actor, documentId, 'viewer');
  const content = await core.stores.documents.content(id);
  if (!content) throw new AppError('NOT_FOUND');
  await recordOnce(core, entryOf(core, actor, 'document.downloaded', { target: `document:${id}`, workspaceId }));
  const { filename, size, sha256 } = content;
  const named = content.contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const contentType = MEDIA_TYPE.test(named) ? named : 'application/octet-stream';
  return { documentId: id, filename, contentType, size, sha256 };
}

/** Longest piece of text that one call gives. */
const MAX_RANGE = 1_000_000;

/** The stored text that chunks and citations point into, or a piece of it. */
export async function readDocumentText(
  core: Core,
  actor: Actor,
  input: { documentId: string; start: number; end?: number | undefined },
): Promise<DocumentText> {
  requireScope(actor, 'documents:read');
  const { id: documentId } = await findDocument(core, actor, input.documentId, 'viewer');
  const end = Math.min(input.end ?? Number.POSITIVE_INFINITY, input.start + MAX_RANGE);
  const found = await core.stores.documents.readText(documentId, input.start, end);
  if (!found) throw new AppError('NOT_FOUND', 'This document has no text yet.');
  return {
    documentId,
    start: input.start,
    end: input.start + found.text.length,
    length: found.length,
    text: found.text,
  };
}

export async function listChunks(core: Core, actor: Actor, documentId: string, page: PageInput): Promise<Page<Chunk>> {
  requireScope(actor, 'documents:read');
  const document = await findDocument(core, actor, documentId, 'viewer');
  return core.stores.documents.listChunks(document.id, page);
}

/** Changes what people and filters see; the text and its index stay as they are. */
export async function updateDocument(core: Core, actor: Actor, input: UpdateDocumentInput): Promise<Document> {
  requireScope(actor, 'documents:write');
  const { id } = await findDocument(core, actor, input.documentId, 'editor');
  const { title, metadata } = input;
  const change = withoutUndefined({ title: title === undefined ? undefined : cleanName(title), metadata });
  await core.stores.documents.update(id, change, new Date(core.clock.now()));
  return findDocument(core, actor, id, 'viewer');
}

export async function deleteDocument(core: Core, actor: Actor, documentId: string): Promise<void> {
  requireScope(actor, 'documents:write');
  const { id, workspaceId } = await findDocument(core, actor, documentId, 'editor');
  await deleteDocuments(core, actor, { workspace: workspaceId, documentIds: [id] });
}

/** Gone at once from lists and searches; rows, index entries and unreferenced bytes follow by a durable job. */
export async function deleteDocuments(
  core: Core,
  actor: Actor,
  input: { workspace: string; documentIds: string[] },
): Promise<{ deleted: number }> {
  requireScope(actor, 'documents:write');
  const workspace = await findWorkspace(core, actor, input.workspace, 'editor');
  const { documentIds } = input;
  const entry = entryOf(core, actor, 'documents.deleted', {
    target: documentIds.length === 1 ? `document:${documentIds[0]}` : null,
    workspaceId: workspace.id,
    details: { documents: documentIds.length, ids: documentIds.slice(0, MAX_IDS_IN_LOG).join(' ') },
  });
  const at = new Date(core.clock.now());
  const deleted = await core.stores.audit.with(entry, () =>
    core.stores.documents.remove(workspace.id, documentIds, at),
  );
  if (deleted === 0) throw new AppError('NOT_FOUND');
  core.signals.ingest.abort(input.documentIds);
  core.signals.ingest.wake();
  return { deleted };
}

export async function retryDocument(core: Core, actor: Actor, documentId: string): Promise<Document> {
  requireScope(actor, 'documents:write');
  const { id } = await findDocument(core, actor, documentId, 'editor');
  if (!(await core.stores.documents.retry(id, new Date(core.clock.now())))) {
    throw new AppError('CONFLICT', 'Only failed documents can be retried.');
  }
  // As it is queued: a file that fails at once would be through before anybody looked.
  const queued = await findDocument(core, actor, id, 'viewer');
  core.signals.ingest.wake();
  return queued;
}

export async function cancelDocument(core: Core, actor: Actor, documentId: string): Promise<Document> {
  requireScope(actor, 'documents:write');
  const { id } = await findDocument(core, actor, documentId, 'editor');
  if (!(await core.stores.documents.cancel(id, new Date(core.clock.now())))) {
    throw new AppError('CONFLICT', 'This document is not being processed.');
  }
  core.signals.ingest.abort([id]);
  return findDocument(core, actor, id, 'viewer');
}

async function findDocument(core: Core, actor: Actor, id: string, needed: MemberRole): Promise<Document> {
  const document = await core.stores.documents.get(id);
  if (!document) throw new AppError('NOT_FOUND');
  try {
    await findWorkspace(core, actor, document.workspaceId, needed);
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') throw new AppError('NOT_FOUND');
    throw error;
  }
  return document;
}
