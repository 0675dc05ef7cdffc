import type { Actor } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import type { Accepted, AddUrlInput, ImportTextsInput, Metadata } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import type { NewDocument } from '@lorebox/ports/document-stores';
import type { StagedFile } from '@lorebox/ports/runtime';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { cleanName } from '../text/clean-name.ts';

/** Files that are already in the staging folder, each with its details. */
export interface UploadInput {
  workspace: string;
  files: ({ staged: StagedFile } & FileDetails)[];
}

export interface FileDetails {
  externalId?: string | undefined;
  title?: string | undefined;
  metadata?: Metadata | undefined;
}

/** Who may not write learns so before the first byte is stored. */
export async function assertMayUpload(core: Core, actor: Actor, ref: string): Promise<void> {
  requireScope(actor, 'documents:write');
  await findWorkspace(core, actor, ref, 'editor');
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
  }));
  return accept(core, workspace.id, documents);
}

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
  return accept(core, workspace.id, documents);
}

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
  return accept(core, workspace.id, [document]);
}

async function accept(core: Core, workspaceId: string, documents: NewDocument[]): Promise<Accepted> {
  const bytes = documents.reduce(
    (sum, document) => sum + ('file' in document ? document.file.size : document.text.length),
    0,
  );
  await core.limits.room.take(workspaceId, documents.length, bytes);
  const accepted = await core.stores.documents.add(documents, new Date(core.clock.now()));
  core.signals.ingest.wake();
  return { documents: accepted };
}

/** The last part of whatever path a client sent. It is shown, never opened. */
export function cleanFilename(name: string): string {
  const last = name.split(/[\\/]/).findLast((part) => part !== '' && part !== '.' && part !== '..') ?? '';
  return cleanName(last).slice(0, 300) || 'unnamed';
}

function firstWords(text: string): string {
  return text.slice(0, 400).trim().split(/\s+/).slice(0, 8).join(' ').slice(0, 80) || 'untitled';
}
