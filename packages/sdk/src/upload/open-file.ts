import type { ByteStream, FormFile } from './upload-form.ts';

/**
 * A file to upload: bytes with a name, a `File`, a stream with a name, or, on Node, Bun and Deno, a path. Paths and
 * streams are read while they are sent, and are never fully in memory. Browsers can't do that, so they buffer
 * streams first.
 */
export type UploadFile =
  | { name: string; data: Blob }
  | File
  | { name: string; stream: ByteStream; size?: number }
  | { path: string; name?: string };

/** @throws TypeError for a path in a runtime without a file system. */
export async function openFile(file: UploadFile): Promise<FormFile> {
  if (file instanceof Blob) return { name: file.name, data: file };
  if ('data' in file || 'stream' in file) return file;
  // No import, so that bundlers for browsers leave it alone.
  const fs = globalThis.process?.getBuiltinModule?.('node:fs');
  if (!fs) throw new TypeError(`Can't read "${file.path}": this runtime has no file system. Pass a File or a stream.`);
  return { name: file.name ?? file.path.replace(/^.*[\\/]/, ''), data: await fs.openAsBlob(file.path) };
}
