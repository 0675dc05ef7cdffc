import type { Accepted, Metadata, OnSamePath } from '@lorebox/contract/document';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import { openFile, readDetails, type UploadFile } from '../upload/open-file.ts';
import { UploadForm, type UploadProgress } from '../upload/upload-form.ts';

export interface DocumentOptions extends CallOptions {
  /** Your id for the document. Sending the same id again replaces the document. */
  externalId?: string | undefined;
  title?: string | undefined;
  metadata?: Metadata | undefined;
}

export interface UploadOptions extends CallOptions {
  /** Metadata for all files. That of a file takes precedence. */
  metadata?: Metadata | undefined;
  /**
   * What to do with a file whose path or name is already in the workspace with other content: keep both documents
   * ("add", the default), replace the document, or reject the upload with CONFLICT.
   */
  onSamePath?: OnSamePath | undefined;
  /** Called during the upload, at the latest when all bytes have been sent. */
  onProgress?: ((progress: UploadProgress) => void) | undefined;
}

export async function uploadFiles(
  caller: Caller,
  workspace: string,
  files: readonly UploadFile[],
  options: UploadOptions,
): Promise<Accepted> {
  const { metadata, onSamePath, onProgress, ...rest } = options;
  const fields: [string, string][] = [['workspace', workspace]]; // first, because the server checks it before it stores any bytes
  if (metadata) fields.push(['metadata', JSON.stringify(metadata)]);
  if (onSamePath) fields.push(['onSamePath', onSamePath]);
  const details = files.map(readDetails);
  if (details.some((file) => Object.keys(file).length > 0)) fields.push(['details', JSON.stringify(details)]);
  const form = new UploadForm(fields, await Promise.all(files.map(openFile)), onProgress);
  // No timeout and no retries: the server can't distinguish a retried form from a second upload.
  const once = { timeout: 0, ...rest, maxRetries: 0 };
  try {
    return await caller.run((request) => caller.client.documents.upload.mutate(form, request), once);
  } catch (error) {
    throw form.failure ? form.failure.error : error;
  }
}
