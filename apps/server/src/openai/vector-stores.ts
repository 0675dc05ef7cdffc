import { type Workspace, WorkspaceName } from '@lorebox/contract/workspace';
import { hasScope } from '@lorebox/core/access/require-scope';
import { summarizeDocuments } from '@lorebox/core/documents/summarize-documents';
import { createWorkspace } from '@lorebox/core/workspaces/create-workspace';
import { deleteWorkspace } from '@lorebox/core/workspaces/delete-workspace';
import { getWorkspace } from '@lorebox/core/workspaces/get-workspace';
import { listWorkspaces } from '@lorebox/core/workspaces/list-workspaces';
import { updateWorkspace } from '@lorebox/core/workspaces/update-workspace';
import { z } from 'zod';
import { type Call, readBody, toSeconds } from './call.ts';
import { badRequest } from './errors.ts';
import { readPage, toList } from './lists.ts';
import { attachFiles, findFiles } from './store-files.ts';

const MAX_FILES = 500;
const UpdateRequest = z.object({ name: WorkspaceName.optional(), expires_after: z.unknown().optional() });
const CreateRequest = UpdateRequest.extend({ file_ids: z.array(z.string().min(1).max(64)).max(MAX_FILES).optional() });

/** A vector store is a workspace. */
export async function createVectorStore(call: Call): Promise<Response> {
  const { core, actor, c } = call;
  const { name, file_ids, expires_after } = await readBody(call, CreateRequest);
  refuseExpiry(expires_after);
  const attachments = (file_ids ?? []).map((fileId) => ({ fileId, attributes: undefined }));
  // Look up the files first, so that a missing file leaves no empty workspace behind.
  await findFiles(call, attachments);
  const workspace = await createWorkspace(core, actor, { name: name ?? 'Vector store' });
  if (attachments.length > 0) await attachFiles(call, workspace, attachments);
  return c.json(await toVectorStore(call, workspace));
}

export async function updateVectorStore(call: Call): Promise<Response> {
  const { core, actor, c } = call;
  const { name, expires_after } = await readBody(call, UpdateRequest);
  refuseExpiry(expires_after);
  const { id } = await findStore(call);
  return c.json(await toVectorStore(call, await updateWorkspace(core, actor, { workspace: id, name })));
}

function refuseExpiry(expiresAfter: unknown): void {
  if (expiresAfter !== undefined) throw badRequest('Workspaces do not expire.', 'expires_after');
}

export async function listVectorStores(call: Call): Promise<Response> {
  const page = await listWorkspaces(call.core, call.actor, readPage(call, 'desc'));
  const stores = await Promise.all(page.items.map((workspace) => toVectorStore(call, workspace)));
  return call.c.json(toList(stores, page));
}

export async function getVectorStore(call: Call): Promise<Response> {
  return call.c.json(await toVectorStore(call, await findStore(call)));
}

export async function deleteVectorStore(call: Call): Promise<Response> {
  const { id } = await findStore(call);
  await deleteWorkspace(call.core, call.actor, id);
  return call.c.json({ id, object: 'vector_store.deleted', deleted: true });
}

function findStore({ c, core, actor }: Call): Promise<Workspace> {
  return getWorkspace(core, actor, c.req.param('id') ?? '');
}

/** Counts are zero for callers who may not read documents. Bytes per workspace are not counted. */
async function toVectorStore({ core, actor }: Call, { id, name, slug, createdAt, updatedAt }: Workspace) {
  const none = { ready: 0, processing: 0, failed: 0 };
  const counts = hasScope(actor, 'documents:read') ? await summarizeDocuments(core, actor, id) : none;
  const { ready, processing, failed } = counts;
  return {
    id,
    object: 'vector_store',
    created_at: toSeconds(createdAt),
    name,
    usage_bytes: 0,
    file_counts: {
      in_progress: processing,
      completed: ready,
      failed,
      cancelled: 0,
      total: ready + processing + failed,
    },
    status: processing > 0 ? 'in_progress' : 'completed',
    expires_after: null,
    expires_at: null,
    last_active_at: toSeconds(updatedAt),
    metadata: { slug },
  };
}
