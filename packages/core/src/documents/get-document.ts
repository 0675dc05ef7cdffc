import type { Actor } from '@lorebox/contract/actor';
import type { Document } from '@lorebox/contract/document';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findDocument } from './find-document.ts';

export async function getDocument(core: Core, actor: Actor, documentId: string): Promise<Document> {
  requireScope(actor, 'documents:read');
  return findDocument(core, actor, documentId, 'viewer');
}
