import type { Document, Metadata } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import type { Workspace } from '@lorebox/contract/workspace';
import { findWorkspace } from '@lorebox/core/access/find-workspace';
import { requireScope } from '@lorebox/core/access/require-scope';
import { getDocument } from '@lorebox/core/documents/get-document';
import { getDocumentContent } from '@lorebox/core/documents/get-document-content';
import { listDocuments } from '@lorebox/core/documents/list-documents';
import { requireMayUpload } from '@lorebox/core/documents/require-may-upload';
import { updateDocument } from '@lorebox/core/documents/update-document';
import { uploadDocuments } from '@lorebox/core/documents/upload-documents';
import { callerOf } from '@lorebox/core/limits/ceilings';
import { openDownload } from '../rest/open-download.ts';
import type { Call } from './call.ts';
import { OpenAiError } from './errors.ts';
import { isNotFound } from './target.ts';

/** A document created from a file of another workspace has the file's ID in its `externalId`. */
const FILE_REF = /^file:(doc_[0-9a-z]{26})$/;
const refOf = (fileId: string) => `file:${fileId}`;

/** ID of a document for OpenAI clients: the ID of the attached file, or else its own. */
export function fileIdOf({ id, externalId }: { id: string; externalId: string | null }): string {
  return FILE_REF.exec(externalId ?? '')?.[1] ?? id;
}

export interface Attachment {
  fileId: string;
  /** Undefined to use the attributes of the file. */
  attributes: Metadata | undefined;
}

/** Returns the vector store in the path, for calls about its files. */
export async function openStore({ c, core, actor }: Call): Promise<Workspace> {
  requireScope(actor, 'documents:read');
  return findWorkspace(core, actor, c.req.param('id') ?? '', 'viewer');
}

/** Returns a file of a vector store by file ID. @throws AppError NOT_FOUND. */
export async function findStoreFile({ core, actor }: Call, store: Workspace, fileId: string): Promise<Document> {
  const query = { workspace: store.id, externalId: refOf(fileId), limit: 1 };
  const [attached] = (await listDocuments(core, actor, query)).items;
  const document = attached ?? (await getDocument(core, actor, fileId));
  if (document.workspaceId !== store.id) throw new AppError('NOT_FOUND');
  return document;
}

/**
 * Creates documents from files in the store's workspace. Files already in that workspace stay, with new attributes if
 * given. All files are looked up before the first one is attached. @returns the documents of the store, in order.
 */
export async function attachFiles(
  call: Call,
  store: Workspace,
  attachments: readonly Attachment[],
): Promise<Document[]> {
  const { core, actor } = call;
  await requireMayUpload(core, actor, store.id);
  const files = await findFiles(call, attachments);
  const documents: Document[] = [];
  const leave = core.limits.ceilings.enter(
    `uploads of ${callerOf(actor)}`,
    core.limits.settings.uploadsPerCaller,
    'uploads in progress',
  );
  try {
    for (const [i, file] of files.entries()) {
      documents.push(await attach(call, store, file, attachments[i]?.attributes));
    }
  } finally {
    leave();
  }
  return documents;
}

/** @throws OpenAiError with the first missing file. */
export async function findFiles({ core, actor }: Call, attachments: readonly Attachment[]): Promise<Document[]> {
  const files: Document[] = [];
  for (const { fileId } of attachments) {
    try {
      files.push(await getDocument(core, actor, fileId));
    } catch (error) {
      if (!isNotFound(error)) throw error;
      throw new OpenAiError('NOT_FOUND', `File "${fileId}" not found, or you don't have access to it.`, {
        param: 'file_id',
      });
    }
  }
  return files;
}

async function attach(
  call: Call,
  store: Workspace,
  file: Document,
  attributes: Metadata | undefined,
): Promise<Document> {
  const { core, actor } = call;
  if (file.workspaceId === store.id) {
    if (attributes === undefined) return file;
    return updateDocument(core, actor, { documentId: file.id, metadata: attributes });
  }
  const content = await getDocumentContent(core, actor, file.id);
  const { read, size, filename, contentType } = await openDownload(core, content);
  const staged = await core.stores.blobs.stage(read(0, size), { filename, contentType, maxBytes: size });
  try {
    // Don't use the file name as the title: the parser may find a better one.
    const title = file.title === file.filename ? undefined : file.title;
    const upload = { staged, externalId: refOf(file.id), title, metadata: attributes ?? file.metadata };
    const { documents } = await uploadDocuments(core, actor, { workspace: store.id, files: [upload] });
    return await getDocument(core, actor, documents[0]?.id ?? '');
  } catch (error) {
    await core.stores.blobs.discard(staged);
    throw error;
  }
}
