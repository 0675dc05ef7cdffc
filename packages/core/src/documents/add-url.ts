import type { Actor } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import type { Accepted, AddUrlInput } from '@lorebox/contract/document';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { cleanName } from '../text/clean-name.ts';
import { acceptDocuments } from './accept-documents.ts';
import { cleanFilename } from './clean-filename.ts';

/** Fetches the page or file through the SSRF guard; from then on it is a document like any other. */
export async function addUrl(core: Core, actor: Actor, input: AddUrlInput, signal?: AbortSignal): Promise<Accepted> {
  requireScope(actor, 'documents:write');
  const workspace = await findWorkspace(core, actor, input.workspace, 'editor');
  const { finalUrl, ...staged } = await core.network.urls.fetchToFile(input.url, signal);
  const document = {
    id: createId('doc'),
    workspaceId: workspace.id,
    externalId: input.externalId ?? null,
    filename: cleanFilename(staged.filename),
    title: input.title ? cleanName(input.title) : null,
    metadata: input.metadata ?? {},
    sourceUrl: finalUrl,
    source: 'url' as const,
    file: staged,
  };
  return acceptDocuments(core, workspace.id, [document]);
}
