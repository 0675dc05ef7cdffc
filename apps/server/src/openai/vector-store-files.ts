import type { Document, DocumentStatus } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import { findWorkspace } from '@lorebox/core/access/find-workspace';
import { getDocument } from '@lorebox/core/documents/get-document';
import { listDocuments } from '@lorebox/core/documents/list-documents';
import { z } from 'zod';
import { type Call, readBody, toSeconds } from './call.ts';
import { badRequest } from './errors.ts';
import { readPage, toList } from './lists.ts';
import { isNotFound } from './target.ts';

const FILTERS: Record<string, DocumentStatus> = { in_progress: 'processing', completed: 'ready', failed: 'failed' };
const AttachRequest = z.object({ file_id: z.string().min(1).max(64) });

export async function listVectorStoreFiles(call: Call): Promise<Response> {
  const { c, core, actor } = call;
  const filter = c.req.query('filter');
  const status = filter === undefined ? undefined : FILTERS[filter];
  if (filter !== undefined && !status) {
    throw badRequest(`"filter" must be one of ${Object.keys(FILTERS).join(', ')}.`, 'filter');
  }
  const workspace = c.req.param('id') ?? '';
  const page = await listDocuments(core, actor, { workspace, status, ...readPage(call, 'asc') });
  return c.json(toList(page.items.map(toVectorStoreFile), page));
}

export async function getVectorStoreFile(call: Call): Promise<Response> {
  return call.c.json(toVectorStoreFile(await findFile(call, call.c.req.param('file') ?? '')));
}

/** Uploading has put the file there already; clients that upload, attach and poll find what they expect. */
export async function attachFile(call: Call): Promise<Response> {
  const { file_id } = await readBody(call, AttachRequest);
  const file = await findFile(call, file_id).catch((error) => {
    if (!isNotFound(error)) throw error;
    throw badRequest('This file belongs to another workspace. Upload it to this one instead.', 'file_id');
  });
  return call.c.json(toVectorStoreFile(file));
}

async function findFile({ c, core, actor }: Call, id: string): Promise<Document> {
  const document = await getDocument(core, actor, id);
  const workspace = await findWorkspace(core, actor, c.req.param('id') ?? '', 'viewer');
  if (document.workspaceId !== workspace.id) throw new AppError('NOT_FOUND');
  return document;
}

function toVectorStoreFile({ id, workspaceId, createdAt, size, metadata, ...document }: Document) {
  const status = statusOf(document);
  const message = document.message ?? 'The file could not be read.';
  return {
    id,
    object: 'vector_store.file',
    created_at: toSeconds(createdAt),
    vector_store_id: workspaceId,
    status,
    last_error: status === 'failed' ? { code: errorCodeOf(document.reason), message } : null,
    usage_bytes: size,
    attributes: metadata,
  };
}

function statusOf({ status, reason }: Pick<Document, 'status' | 'reason'>) {
  if (status === 'failed') return reason === 'cancelled' ? 'cancelled' : 'failed';
  return status === 'ready' ? 'completed' : 'in_progress';
}

/** OpenAI knows three; the reason in full stands in the message. */
function errorCodeOf(reason: Document['reason']): 'unsupported_file' | 'invalid_file' | 'server_error' {
  if (reason === 'unsupported') return 'unsupported_file';
  return reason === 'internal' || reason === 'embedding-failed' ? 'server_error' : 'invalid_file';
}
