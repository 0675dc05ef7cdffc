import type { ByteStream, FormFile } from './upload-form.ts';

/**
 * A file to upload: bytes with a name, a `File`, a stream with a name, or on Node, Bun and Deno a path. Paths and
 * streams are read while they are sent, and never held as a whole; only a browser, which can't do that, collects a
 * stream first.
 */
export type UploadFile =
  | { name: string; data: Blob }
  | File
  | { name: string; stream: ByteStream; size?: number }
  | { path: string; name?: string };

/** @throws TypeError for a path where there are no files. */
export async function openFile(file: UploadFile): Promise<FormFile> {
  if (file instanceof Blob) return { name: file.name, data: file };
  if ('data' in file || 'stream' in file) return file;
  // No import, so that bundlers for browsers leave it alone.
  const fs = globalThis.process?.getBuiltinModule?.('node:fs');
  if (!fs)
    throw new TypeError(`There are no files here to read the path "${file.path}" from. Give a File or a stream.`);
  return { name: file.name ?? file.path.replace(/^.*[\\/]/, ''), data: await fs.openAsBlob(file.path) };
}
