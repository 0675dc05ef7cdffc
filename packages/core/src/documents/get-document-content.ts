import type { Actor } from '@lorebox/contract/actor';
import type { DocumentContent } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import { requireScope } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import { recordOnce } from '../audit/record-once.ts';
import type { Core } from '../core.ts';
import { findDocument } from './find-document.ts';

const MEDIA_TYPE = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/;

/** Describes the uploaded bytes. They are in the blob store, or are the stored text if `sha256` is null. */
export async function getDocumentContent(core: Core, actor: Actor, documentId: string): Promise<DocumentContent> {
  requireScope(actor, 'documents:read');
  const { id, workspaceId } = await findDocument(core, actor, documentId, 'viewer');
  const content = await contentOf(core, id);
  await recordOnce(core, entryOf(core, actor, 'document.downloaded', { target: `document:${id}`, workspaceId }));
  return content;
}

/** The same without checking access. */
export async function contentOf(core: Core, documentId: string): Promise<DocumentContent> {
  const content = await core.stores.documents.content(documentId);
  if (!content) throw new AppError('NOT_FOUND');
  const { filename, size, sha256 } = content;
  const named = content.contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const contentType = MEDIA_TYPE.test(named) ? named : 'application/octet-stream';
  return { documentId, filename, contentType, size, sha256 };
}
