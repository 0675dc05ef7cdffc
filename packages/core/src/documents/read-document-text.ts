import type { Actor } from '@lorebox/contract/actor';
import type { DocumentText } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findDocument } from './find-document.ts';

/** Longest piece of text that one call gives. */
const MAX_RANGE = 1_000_000;

/** The stored text that chunks and citations point into, or a piece of it. */
export async function readDocumentText(
  core: Core,
  actor: Actor,
  input: { documentId: string; start: number; end?: number | undefined },
): Promise<DocumentText> {
  requireScope(actor, 'documents:read');
  const { id: documentId } = await findDocument(core, actor, input.documentId, 'viewer');
  const end = Math.min(input.end ?? Number.POSITIVE_INFINITY, input.start + MAX_RANGE);
  const found = await core.stores.documents.readText(documentId, input.start, end);
  if (!found) throw new AppError('NOT_FOUND', 'This document has no text yet.');
  return {
    documentId,
    start: input.start,
    end: input.start + found.text.length,
    length: found.length,
    text: found.text,
  };
}
