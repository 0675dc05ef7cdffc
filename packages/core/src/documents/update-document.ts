import type { Actor } from '@lorebox/contract/actor';
import type { Document, UpdateDocumentInput } from '@lorebox/contract/document';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { cleanName } from '../text/clean-name.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { findDocument } from './find-document.ts';

/** Changes the title, the metadata, or whether the document is pinned. The text and its index are unchanged. */
export async function updateDocument(core: Core, actor: Actor, input: UpdateDocumentInput): Promise<Document> {
  requireScope(actor, 'documents:write');
  const { id } = await findDocument(core, actor, input.documentId, 'editor');
  const { title, metadata, pinned } = input;
  const change = withoutUndefined({ title: title === undefined ? undefined : cleanName(title), metadata, pinned });
  await core.stores.documents.update(id, change, new Date(core.clock.now()));
  return findDocument(core, actor, id, 'viewer');
}
