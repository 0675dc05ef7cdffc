import { constants } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { AppError } from '@lorebox/contract/errors';

export interface FoundFile {
  kind: 'file';
  /** Relative to the root, with slashes. */
  path: string;
  size: number;
  mtimeMs: number;
}

/** A folder or file that can't be read. */
export interface Unreadable {
  kind: 'unreadable';
  path: string;
  /** If true, the content of the folder is unknown. */
  isFolder: boolean;
  message: string;
}

/**
 * Yields every file below a folder, sorted by name. Folders behind symbolic links are skipped, because they may form
 * cycles.
 */
export async function* walkFolder(
  root: string,
  options: { hidden: boolean; signal: AbortSignal },
  below = '',
): AsyncGenerator<FoundFile | Unreadable> {
  options.signal.throwIfAborted();
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch((error: Error) => error);
  if (entries instanceof Error) {
    if (below === '') throw new AppError('SOURCE_FAILED', `Can't read the folder: ${entries.message}.`);
    yield { kind: 'unreadable', path: below, isFolder: true, message: entries.message };
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (!options.hidden && entry.name.startsWith('.')) continue;
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) yield* walkFolder(root, options, path);
    else if (entry.isFile() || entry.isSymbolicLink()) yield* lookAt(root, path);
  }
}

async function* lookAt(root: string, path: string): AsyncGenerator<FoundFile | Unreadable> {
  try {
    const real = await realpath(join(root, path));
    const found = await stat(real);
    if (!found.isFile()) return;
    if (!isBelow(real, root)) throw new Error('The link points outside the folder.');
    yield { kind: 'file', path, size: found.size, mtimeMs: found.mtimeMs };
  } catch (error) {
    // A broken link, or a file that was just deleted.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    yield {
      kind: 'unreadable',
      path,
      isFolder: false,
      message: error instanceof Error ? error.message : String(error),
    };
  }
}

/**
 * Reads the bytes of a file. If it was replaced with a link in the meantime, the link is not followed out of the
 * folder.
 */
export async function* readFileBelow(root: string, path: string): AsyncGenerator<Uint8Array> {
  const real = await realpath(join(root, path));
  if (!isBelow(real, root)) throw new AppError('UNPROCESSABLE', 'The link points outside the folder.');
  const file = await open(real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    yield* file.createReadStream({ autoClose: false, highWaterMark: 1024 * 1024 });
  } finally {
    await file.close();
  }
}

function isBelow(path: string, root: string): boolean {
  return path.startsWith(root.endsWith(sep) ? root : root + sep);
}
