import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

export interface FoundFile {
  path: string;
  size: number;
  /**
   * Path relative to the given folder, with slashes, such as "notes/tides.txt". Null for files that were given
   * directly.
   */
  relativePath: string | null;
}

/**
 * Returns the files of these paths, sorted. Folders include all files below them except hidden ones. @throws Error that
 * names a missing path.
 */
export async function findFiles(paths: readonly string[]): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const path of paths) {
    const stats = await stat(path).catch((cause: NodeJS.ErrnoException) => {
      throw cause.code === 'ENOENT' ? new Error(`No such file or folder: ${path}`, { cause }) : cause;
    });
    if (stats.isDirectory()) found.push(...(await walk(path, basename(path))));
    else found.push({ path, size: stats.size, relativePath: null });
  }
  return found;
}

/** Returns the files below a folder with their relative paths. */
export async function findFilesIn(folder: string): Promise<FoundFile[]> {
  const stats = await stat(folder).catch(() => null);
  if (!stats?.isDirectory()) throw new Error(`No such folder: ${folder}`);
  return walk(folder, '');
}

async function walk(folder: string, prefix: string): Promise<FoundFile[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  const found: FoundFile[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const relativePath = prefix === '' ? name : `${prefix}/${name}`;
    const stats = await stat(path);
    if (stats.isDirectory()) found.push(...(await walk(path, relativePath)));
    else if (stats.isFile()) found.push({ path, size: stats.size, relativePath });
  }
  return found;
}
