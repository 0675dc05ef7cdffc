import { receiveUpload } from '@lorebox/api/receive-upload';
import type { StagedForm } from '@lorebox/api/staged-form';
import type { Document } from '@lorebox/contract/document';
import { deleteDocuments } from '@lorebox/core/documents/delete-documents';
import { getDocument } from '@lorebox/core/documents/get-document';
import { listDocuments } from '@lorebox/core/documents/list-documents';
import { stageForm } from '../http/stage-form.ts';
import { type Call, toSeconds } from './call.ts';
import { badRequest } from './errors.ts';
import { readPage, toList } from './lists.ts';

const WORKSPACE_HEADER = 'x-lorebox-workspace';
const NO_WORKSPACE =
  'Missing workspace. Set the header X-Lorebox-Workspace or the field "workspace" before the file ' +
  '("?workspace=" for lists), or use an API key that is bound to one workspace.';
const STATUS = { processing: 'uploaded', ready: 'processed', failed: 'error' } as const;

/** A file is a document: what `purpose` says is not kept. */
export async function uploadFile(call: Call): Promise<Response> {
  const { c, core, actor, context, formLimits } = call;
  const form = await stageForm(core, actor, c.req.raw, {
    ...formLimits,
    workspace: c.req.header(WORKSPACE_HEADER),
    fallback: { workspace: boundWorkspace(call), message: NO_WORKSPACE },
  });
  const file = await onlyFile(call, form);
  const { documents } = await receiveUpload({ ...context, actor }, form);
  const [document] = documents;
  if (!document) throw badRequest('Send one file, in the field "file".', 'file');
  const { id, filename, status } = document;
  const purpose = form.fields.get('purpose') ?? 'assistants';
  return c.json({
    ...toFileObject({ id, filename, status, size: file.size, createdAt: new Date(core.clock.now()), message: null }),
    purpose,
  });
}

export async function listFiles(call: Call): Promise<Response> {
  const { c, core, actor } = call;
  const workspace = c.req.query('workspace') ?? c.req.header(WORKSPACE_HEADER) ?? boundWorkspace(call);
  if (!workspace) throw badRequest(NO_WORKSPACE, 'workspace');
  const page = await listDocuments(core, actor, { workspace, ...readPage(call, 'asc') });
  return c.json(toList(page.items.map(toFileObject), page));
}

export async function getFile({ c, core, actor }: Call): Promise<Response> {
  return c.json(toFileObject(await getDocument(core, actor, c.req.param('id') ?? '')));
}

export async function deleteFile({ c, core, actor }: Call): Promise<Response> {
  const { id, workspaceId: workspace } = await getDocument(core, actor, c.req.param('id') ?? '');
  await deleteDocuments(core, actor, { workspace, documentIds: [id] });
  return c.json({ id, object: 'file', deleted: true });
}

/** One file per call, as in OpenAI's API. */
async function onlyFile({ core }: Call, form: StagedForm): Promise<StagedForm['files'][number]> {
  const [file, ...more] = form.files;
  if (file && more.length === 0) return file;
  await Promise.all(form.files.map((staged) => core.stores.blobs.discard(staged)));
  throw badRequest('Send one file, in the field "file".', 'file');
}

function boundWorkspace({ actor }: Call): string | null {
  return actor.kind === 'apiKey' ? actor.workspaceId : null;
}

function toFileObject(document: Pick<Document, 'id' | 'filename' | 'status' | 'size' | 'createdAt' | 'message'>) {
  const { id, filename, status, size, createdAt, message } = document;
  return {
    id,
    object: 'file',
    bytes: size,
    created_at: toSeconds(createdAt),
    expires_at: null,
    filename,
    purpose: 'assistants',
    status: STATUS[status],
    status_details: message,
  };
}
