import type { Actor } from '@lorebox/contract/actor';
import type { Chunk } from '@lorebox/contract/document';
import type { Page, PageInput } from '@lorebox/contract/page';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findDocument } from './find-document.ts';

export async function listChunks(core: Core, actor: Actor, documentId: string, page: PageInput): Promise<Page<Chunk>> {
  requireScope(actor, 'documents:read');
  const document = await findDocument(core, actor, documentId, 'viewer');
  return core.stores.documents.listChunks(document.id, page, { withExcluded: true });
}
