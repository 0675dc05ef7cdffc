import { createId } from '@lorebox/contract/create-id';
import { type Document, Metadata } from '@lorebox/contract/document';
import { AppError, isAppError } from '@lorebox/contract/errors';
import type { Workspace } from '@lorebox/contract/workspace';
import { cancelDocument } from '@lorebox/core/documents/cancel-document';
import { getDocument } from '@lorebox/core/documents/get-document';
import { requireMayUpload } from '@lorebox/core/documents/require-may-upload';
import { z } from 'zod';
import { type Call, check, readBody, toSeconds } from './call.ts';
import { badRequest } from './errors.ts';
import { readPage, toList } from './lists.ts';
import { attachFiles, openStore } from './store-files.ts';
import { isNotFound } from './target.ts';
import { readFilter, statusOf, toVectorStoreFile } from './vector-store-files.ts';

const MAX_FILES = 500;
const FileId = z.string().min(1).max(64);
const CreateRequest = z.object({
  file_ids: z.array(FileId).min(1).max(MAX_FILES).optional(),
  files: z
    .array(z.object({ file_id: FileId, attributes: Metadata.optional() }))
    .min(1)
    .max(MAX_FILES)
    .optional(),
  attributes: Metadata.optional(),
});

const Batch = z.object({
  id: z.string(),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  documentIds: z.array(z.string()),
  isCancelled: z.boolean(),
});
type Batch = z.infer<typeof Batch>;

export async function createFileBatch(call: Call): Promise<Response> {
  const { file_ids, files, attributes } = await readBody(call, CreateRequest);
  if ((file_ids === undefined) === (files === undefined)) {
    throw badRequest('Send either "file_ids" or "files".', 'file_ids');
  }
  const store = await openStore(call);
  const listed = files ?? (file_ids ?? []).map((file_id) => ({ file_id, attributes }));
  const attachments = listed.map(({ file_id, attributes: own }) => ({ fileId: file_id, attributes: own }));
  const documents = await attachFiles(call, store, attachments);
  const documentIds = [...new Set(documents.map(({ id }) => id))];
  const createdAt = call.core.clock.now();
  const batch = { id: createId('vsfb'), createdAt, documentIds, isCancelled: false };
  await saveBatch(call, store, batch);
  return call.c.json(toBatchObject(store, batch, documents));
}

export async function getFileBatch(call: Call): Promise<Response> {
  const { store, batch, documents } = await findBatch(call);
  return call.c.json(toBatchObject(store, batch, documents));
}

export async function cancelFileBatch(call: Call): Promise<Response> {
  const { core, actor } = call;
  const { store, batch, documents } = await findBatch(call);
  await requireMayUpload(core, actor, store.id);
  for (const { id } of documents.filter(({ status }) => status === 'processing')) {
    await cancelDocument(core, actor, id).catch((error) => {
      // It has finished in the meantime.
      if (!isAppError(error) || (error.code !== 'CONFLICT' && error.code !== 'NOT_FOUND')) throw error;
    });
  }
  await saveBatch(call, store, { ...batch, isCancelled: true });
  return getFileBatch(call);
}

export async function listFileBatchFiles(call: Call): Promise<Response> {
  const status = readFilter(call);
  const { limit, cursor } = readPage(call, 'asc');
  const { documents } = await findBatch(call);
  const files = documents
    .filter((document) => status === undefined || document.status === status)
    .map(toVectorStoreFile);
  const start = cursor === undefined ? 0 : files.findIndex(({ id }) => id === cursor) + 1;
  const page = files.slice(start, start + limit);
  const nextCursor = start + limit < files.length ? (page.at(-1)?.id ?? null) : null;
  return call.c.json(toList(page, { nextCursor }));
}

/** Batches are stored in the table of `Idempotency-Key` responses and expire with them, so every server sees them. */
async function saveBatch({ core }: Call, store: Workspace, batch: Batch): Promise<void> {
  const { stores, security, clock } = core;
  await stores.idempotency.claim(scopeOf(store), batch.id, '', new Date(clock.now()));
  await stores.idempotency.finish(scopeOf(store), batch.id, security.vault.seal(JSON.stringify(batch)));
}

const scopeOf = (store: Workspace) => `openai file batches of ${store.id}`;

async function findBatch(call: Call) {
  const { core, c } = call;
  const store = await openStore(call);
  const row = await core.stores.idempotency.get(scopeOf(store), c.req.param('batch') ?? '');
  if (!row?.answer) throw new AppError('NOT_FOUND');
  const batch = check(Batch, JSON.parse(core.security.vault.open(row.answer)));
  const found = await Promise.all(batch.documentIds.map((id) => findDocument(call, store, id)));
  return { store, batch, documents: found.filter((document) => document !== null) };
}

/** Null if it was deleted. */
async function findDocument({ core, actor }: Call, store: Workspace, id: string): Promise<Document | null> {
  try {
    const document = await getDocument(core, actor, id);
    return document.workspaceId === store.id ? document : null;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

function toBatchObject(store: Workspace, { id, createdAt, isCancelled }: Batch, documents: readonly Document[]) {
  const count = (wanted: ReturnType<typeof statusOf>) =>
    documents.filter((document) => statusOf(document) === wanted).length;
  const counts = {
    in_progress: count('in_progress'),
    completed: count('completed'),
    failed: count('failed'),
    cancelled: count('cancelled'),
    total: documents.length,
  };
  const ended = isCancelled ? 'cancelled' : 'completed';
  return {
    id,
    object: 'vector_store.file_batch',
    created_at: toSeconds(createdAt),
    vector_store_id: store.id,
    status: counts.in_progress > 0 ? 'in_progress' : ended,
    file_counts: counts,
  };
}
