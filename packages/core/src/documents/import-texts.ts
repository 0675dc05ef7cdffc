import type { Actor } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import type { Accepted, ImportTextsInput } from '@lorebox/contract/document';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { cleanName } from '../text/clean-name.ts';
import { acceptDocuments } from './accept-documents.ts';

/** Raw text in bulk. An `externalId` that is there already gets the new text; the old one serves until it is ready. */
export async function importTexts(core: Core, actor: Actor, input: ImportTextsInput): Promise<Accepted> {
  requireScope(actor, 'documents:write');
  const workspace = await findWorkspace(core, actor, input.workspace, 'editor');
  await core.stores.blobs.requireSpace();
  const documents = input.items.map(({ externalId, title, text, metadata }) => ({
    id: createId('doc'),
    workspaceId: workspace.id,
    externalId: externalId ?? null,
    filename: cleanName(title || externalId || '') || firstWords(text),
    title: title ? cleanName(title) : null,
    metadata: metadata ?? {},
    sourceUrl: null,
    source: 'text' as const,
    text,
  }));
  return acceptDocuments(core, workspace.id, documents);
}

function firstWords(text: string): string {
  return text.slice(0, 400).trim().split(/\s+/).slice(0, 8).join(' ').slice(0, 80) || 'untitled';
}
