import type { Actor } from '@lorebox/contract/actor';
import type { DocumentContent, DocumentLink } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import type { Core } from '../core.ts';
import { contentOf, getDocumentContent } from './get-document-content.ts';

const LINK_MS = 10 * 60_000;
/** Characters that a path segment can't have, or that proxies treat in their own way. */
const UNSAFE = /[\p{Cc}/\\%?#;]/gu;

/** What a link to a file says, as text from its URL. */
export interface FileLink {
  documentId: string;
  filename: string;
  expires: string;
  inline: string;
  signature: string;
}

/**
 * Creates a link that opens the file of a document for ten minutes, without a credential. Access is checked now and not
 * when the link is opened.
 */
export async function createFileLink(
  core: Core,
  actor: Actor,
  { documentId, inline }: { documentId: string; inline: boolean },
): Promise<DocumentLink> {
  const content = await getDocumentContent(core, actor, documentId);
  const expiresAt = new Date(core.clock.now() + LINK_MS);
  const filename = toSegment(content.filename);
  const link = { documentId, filename, expires: String(expiresAt.getTime()), inline: inline ? '1' : '0' };
  const query = new URLSearchParams({
    expires: link.expires,
    inline: link.inline,
    signature: core.security.vault.sign(signedText(link)),
  });
  return { url: `/files/${documentId}/${encodeURIComponent(filename)}?${query}`, expiresAt };
}

/**
 * Returns the file that a link opens, and whether a browser may show it if its type is safe.
 * @throws AppError NOT_FOUND for a wrong or expired link, and for a document that was deleted.
 */
export async function openFileLink(
  core: Core,
  link: FileLink,
): Promise<{ content: DocumentContent; isInline: boolean }> {
  const isSigned = core.security.vault.verify(signedText(link), link.signature);
  if (!isSigned || Number(link.expires) <= core.clock.now()) throw invalidLink();
  const document = await core.stores.documents.get(link.documentId);
  const everything = { memberId: null, workspaceId: null };
  if (!document || !(await core.stores.workspaces.find(document.workspaceId, everything))) throw invalidLink();
  return { content: await contentOf(core, document.id), isInline: link.inline === '1' };
}

const invalidLink = () => new AppError('NOT_FOUND', 'This link is invalid or has expired. Create a new one.');

function signedText({ documentId, filename, expires, inline }: Omit<FileLink, 'signature'>): string {
  return JSON.stringify(['file', documentId, filename, expires, inline]);
}

function toSegment(filename: string): string {
  const safe = filename.toWellFormed().replace(UNSAFE, '_');
  return /^\.*$/.test(safe) ? 'file' : safe;
}
