import { receiveUpload } from '@lorebox/api/receive-upload';
import type { StagedForm } from '@lorebox/api/staged-form';
import type { Document } from '@lorebox/contract/document';
import { requireScope } from '@lorebox/core/access/require-scope';
import { deleteDocuments } from '@lorebox/core/documents/delete-documents';
import { getDocument } from '@lorebox/core/documents/get-document';
import { getDocumentContent } from '@lorebox/core/documents/get-document-content';
import { listDocuments } from '@lorebox/core/documents/list-documents';
import { downloadResponse, RangeNotSatisfiable } from '@lorebox/openapi';
import { stageForm } from '../http/stage-form.ts';
import { openDownload } from '../rest/open-download.ts';
import { type Call, toSeconds } from './call.ts';
import { badRequest, toOpenAiError } from './errors.ts';
import { findFilesWorkspace, namedWorkspace, openFilesWorkspace, WORKSPACE_HEADER } from './files-workspace.ts';
import { readPage, toList } from './lists.ts';

const STATUS = { processing: 'uploaded', ready: 'processed', failed: 'error' } as const;

/** Creates a document. `purpose` is not stored. */
export async function uploadFile(call: Call): Promise<Response> {
  const { c, core, actor, context, formLimits } = call;
  const form = await stageForm(core, actor, c.req.raw, {
    ...formLimits,
    workspace: c.req.header(WORKSPACE_HEADER),
    fallback: async () => namedWorkspace(call) ?? openFilesWorkspace(call),
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
  const query = readPage(call, 'asc');
  const workspace = c.req.query('workspace') ?? namedWorkspace(call) ?? (await findFilesWorkspace(call));
  if (workspace === null) {
    requireScope(actor, 'documents:read');
    return c.json(toList([], { nextCursor: null }));
  }
  const page = await listDocuments(core, actor, { workspace, ...query });
  return c.json(toList(page.items.map(toFileObject), page));
}

export async function getFile({ c, core, actor }: Call): Promise<Response> {
  return c.json(toFileObject(await getDocument(core, actor, c.req.param('id') ?? '')));
}

/** Returns the uploaded bytes as a download that browsers never render on our origin. */
export async function readFileContent({ c, core, actor }: Call): Promise<Response> {
  const download = await openDownload(core, await getDocumentContent(core, actor, c.req.param('id') ?? ''));
  try {
    return downloadResponse(c, download, { 'x-request-id': c.get('requestId') });
  } catch (error) {
    if (!(error instanceof RangeNotSatisfiable)) throw error;
    return c.json(toOpenAiError(badRequest(error.message)).body, 416, error.headers);
  }
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
