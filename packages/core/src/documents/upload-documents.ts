import type { Actor } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import type { Accepted, Metadata, OnSamePath } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import type { StagedFile } from '@lorebox/ports/runtime';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { cleanName } from '../text/clean-name.ts';
import { acceptDocuments } from './accept-documents.ts';
import { cleanFilename } from './clean-filename.ts';

/** Files in the staging folder, each with its details. */
export interface UploadInput {
  workspace: string;
  files: ({ staged: StagedFile } & FileDetails)[];
  onSamePath?: OnSamePath | undefined;
}

export interface FileDetails {
  externalId?: string | undefined;
  title?: string | undefined;
  metadata?: Metadata | undefined;
}

export async function uploadDocuments(core: Core, actor: Actor, input: UploadInput): Promise<Accepted> {
  requireScope(actor, 'documents:write');
  const workspace = await findWorkspace(core, actor, input.workspace, 'editor');
  if (input.files.length === 0) throw new AppError('BAD_REQUEST', 'Send at least one file.');
  const documents = input.files.map(({ staged, externalId, title, metadata }) => ({
    id: createId('doc'),
    workspaceId: workspace.id,
    externalId: externalId ?? null,
    filename: cleanFilename(staged.filename),
    title: title ? cleanName(title) : null,
    metadata: metadata ?? {},
    sourceUrl: null,
    source: 'upload' as const,
    file: staged,
    onSamePath: input.onSamePath,
  }));
  return acceptDocuments(core, workspace.id, documents);
}
