import type { Metadata } from '@lorebox/contract/document';
import type { ByteStream, FormFile } from './upload-form.ts';

/** Details of a document besides its content. */
export interface FileDetails {
  /** Your id for the document. Uploading the same id again replaces the document. */
  externalId?: string | undefined;
  /** Default: the title in the file, else its name. */
  title?: string | undefined;
  /** Path of the file below the folder that you upload, such as "notes/tides.txt". Stored in the metadata as `path`. */
  relativePath?: string | undefined;
  metadata?: Metadata | undefined;
}

/**
 * A file to upload: bytes with a name, a `File`, a stream with a name, or, on Node, Bun and Deno, a path. Paths and
 * streams are read while they are sent, and are never fully in memory. Browsers can't do that, so they buffer
 * streams first.
 */
export type UploadFile =
  | ({ name: string; data: Blob } & FileDetails)
  | File
  | ({ name: string; stream: ByteStream; size?: number | undefined } & FileDetails)
  | ({ path: string; name?: string | undefined } & FileDetails);

/**
 * @throws TypeError for a path in a runtime without a file system; an Error with a `code` for a path that can't be
 * read.
 */
export async function openFile(file: UploadFile): Promise<FormFile> {
  if (file instanceof Blob) return { name: file.name, data: file };
  if ('data' in file) return { name: file.name, data: file.data };
  if ('stream' in file)
    return { name: file.name, stream: file.stream, ...(file.size !== undefined && { size: file.size }) };
  // Not an import, so that bundlers for browsers ignore it.
  const fs = globalThis.process?.getBuiltinModule?.('node:fs');
  if (!fs) throw new TypeError(`Can't read "${file.path}": this runtime has no file system. Pass a File or a stream.`);
  const { path } = file;
  const stats = await fs.promises.stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw fileError(path, cause.code === 'ENOENT' ? 'no such file' : cause.message, cause.code ?? 'EIO', cause);
  });
  if (stats.isDirectory()) throw fileError(path, 'it is a directory. Pass the files in it', 'EISDIR');
  const data = await fs.openAsBlob(path).catch((cause: Error) => {
    throw fileError(path, cause.message, 'EIO', cause);
  });
  return { name: file.name ?? path.replace(/^.*[\\/]/, ''), data };
}

/** Returns the details of a file in the format of the server. */
export function readDetails(file: UploadFile): FileDetails {
  if (file instanceof Blob) {
    // Set for a file from a folder that was selected in a browser.
    const { webkitRelativePath } = file as File & { webkitRelativePath?: string };
    return webkitRelativePath ? { relativePath: webkitRelativePath } : {};
  }
  const { externalId, title, relativePath, metadata } = file;
  const details = { externalId, title, relativePath, metadata };
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
}

function fileError(path: string, reason: string, code: string, cause?: Error): Error {
  const error = new Error(`Can't read "${path}": ${reason}.`, cause && { cause });
  return Object.assign(error, { code, path });
}
