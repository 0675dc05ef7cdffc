import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { AuditExport } from '@lorebox/contract/audit';
import type { DocumentContent } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import type { ConversationExport } from '@lorebox/contract/widget';
import type { Core } from '@lorebox/core/core';
import type { Download } from '@lorebox/openapi';

/** Opens the bytes of a document (its file, or its text if it was sent as text) or an export. */
export async function openDownload(
  core: Core,
  content: DocumentContent | AuditExport | ConversationExport,
): Promise<Download> {
  if ('lastId' in content) return textDownload(content.text, content.filename, 'application/x-ndjson');
  const { sha256, filename, size, contentType } = content;
  if (sha256 !== null) {
    const path = core.stores.blobs.pathOf(sha256);
    const read = (start: number, end: number) => createReadStream(path, { start, end: end - 1 });
    return { size, contentType, filename, tag: sha256, read };
  }
  const stored = await core.stores.documents.readText(content.documentId, 0, Number.POSITIVE_INFINITY);
  if (!stored) throw new AppError('NOT_FOUND', 'This document has no text yet.');
  const name = /\.\w+$/.test(filename) ? filename : `${filename}.txt`;
  return textDownload(stored.text, name, 'text/plain; charset=utf-8');
}

function textDownload(text: string, filename: string, contentType: string): Download {
  const bytes = Buffer.from(text);
  return {
    size: bytes.length,
    contentType,
    filename,
    tag: hash('sha256', text),
    async *read(start, end) {
      yield bytes.subarray(start, end);
    },
  };
}
