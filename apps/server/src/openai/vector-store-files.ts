import { type Document, type DocumentStatus, Metadata } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import { deleteDocuments } from '@lorebox/core/documents/delete-documents';
import { listDocuments } from '@lorebox/core/documents/list-documents';
import { updateDocument } from '@lorebox/core/documents/update-document';
import { z } from 'zod';
import { type Call, readBody, toSeconds } from './call.ts';
import { badRequest } from './errors.ts';
import { readPage, toList } from './lists.ts';
import { attachFiles, fileIdOf, findStoreFile, openStore } from './store-files.ts';

const FILTERS: Record<string, DocumentStatus> = { in_progress: 'processing', completed: 'ready', failed: 'failed' };
const AttachRequest = z.object({ file_id: z.string().min(1).max(64), attributes: Metadata.optional() });
const UpdateRequest = z.object({ attributes: Metadata.default({}) });

export async function listVectorStoreFiles(call: Call): Promise<Response> {
  const { c, core, actor } = call;
  const status = readFilter(call);
  const { limit, cursor } = readPage(call, 'asc');
  const store = await openStore(call);
  // List cursors are document IDs, but clients have file IDs.
  const after = cursor === undefined ? undefined : (await findStoreFile(call, store, cursor)).id;
  const page = await listDocuments(core, actor, { workspace: store.id, status, limit, cursor: after });
  return c.json(toList(page.items.map(toVectorStoreFile), page));
}

/** @throws OpenAiError for an unknown status. */
export function readFilter({ c }: Call): DocumentStatus | undefined {
  const filter = c.req.query('filter');
  const status = filter === undefined ? undefined : FILTERS[filter];
  if (filter === undefined || status) return status;
  throw badRequest(`"filter" must be one of ${Object.keys(FILTERS).join(', ')}.`, 'filter');
}

export async function getVectorStoreFile(call: Call): Promise<Response> {
  const store = await openStore(call);
  return call.c.json(toVectorStoreFile(await findStoreFile(call, store, call.c.req.param('file') ?? '')));
}

export async function attachFile(call: Call): Promise<Response> {
  const { file_id: fileId, attributes } = await readBody(call, AttachRequest);
  const store = await openStore(call);
  const [document] = await attachFiles(call, store, [{ fileId, attributes }]);
  if (!document) throw new AppError('INTERNAL');
  return call.c.json(toVectorStoreFile(document));
}

export async function updateVectorStoreFile(call: Call): Promise<Response> {
  const { c, core, actor } = call;
  const { attributes: metadata } = await readBody(call, UpdateRequest);
  const store = await openStore(call);
  const { id: documentId } = await findStoreFile(call, store, c.req.param('file') ?? '');
  return c.json(toVectorStoreFile(await updateDocument(core, actor, { documentId, metadata })));
}

/** Detaches the file. It stays in the workspace that it was uploaded to, unless that is this store. */
export async function detachFile(call: Call): Promise<Response> {
  const { c, core, actor } = call;
  const fileId = c.req.param('file') ?? '';
  const store = await openStore(call);
  const document = await findStoreFile(call, store, fileId);
  await deleteDocuments(core, actor, { workspace: store.id, documentIds: [document.id] });
  return c.json({ id: fileId, object: 'vector_store.file.deleted', deleted: true });
}

export function toVectorStoreFile({ id, externalId, workspaceId, createdAt, size, metadata, ...document }: Document) {
  const status = statusOf(document);
  const message = document.message ?? 'The file could not be read.';
  return {
    id: fileIdOf({ id, externalId }),
    object: 'vector_store.file',
    created_at: toSeconds(createdAt),
    vector_store_id: workspaceId,
    status,
    last_error: status === 'failed' ? { code: errorCodeOf(document.reason), message } : null,
    usage_bytes: size,
    attributes: metadata,
    chunking_strategy: { type: 'other' },
  };
}

export function statusOf({ status, reason }: Pick<Document, 'status' | 'reason'>) {
  if (status === 'failed') return reason === 'cancelled' ? 'cancelled' : 'failed';
  return status === 'ready' ? 'completed' : 'in_progress';
}

/** OpenAI has three codes. The message contains the full reason. */
function errorCodeOf(reason: Document['reason']): 'unsupported_file' | 'invalid_file' | 'server_error' {
  if (reason === 'unsupported') return 'unsupported_file';
  return reason === 'internal' || reason === 'embedding-failed' ? 'server_error' : 'invalid_file';
}
