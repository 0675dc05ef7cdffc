import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { AppError } from '@lorebox/contract/errors';

/**
 * Returns the real path of a folder that sources may read. With symbolic links resolved, it must be below a folder that
 * the operator allowed, and must not contain the server's own data and key.
 * @throws AppError SOURCE_REFUSED that names the setting to change.
 */
export async function allowedFolder(path: string, roots: readonly string[], dataDir: string): Promise<string> {
  if (roots.length === 0) {
    const how = 'An admin can allow folders in LOREBOX_SOURCE_FOLDERS, such as /srv/documents.';
    throw new AppError('SOURCE_REFUSED', `Reading folders is not allowed on this server. ${how}`);
  }
  if (!isAbsolute(path)) throw new AppError('SOURCE_REFUSED', 'Enter the absolute path of the folder.');
  const real = await realpath(resolve(path)).catch(() => null);
  const allowed = await Promise.all(roots.map((root) => realpath(resolve(root)).catch(() => null)));
  // Disallowed and missing folders get the same message, so that it reveals nothing about the disk.
  if (real === null || !allowed.some((root) => root !== null && isWithin(real, root))) {
    throw new AppError(
      'SOURCE_REFUSED',
      `Folder "${path}" not found in the allowed folders: ${roots.join(', ')} (LOREBOX_SOURCE_FOLDERS).`,
    );
  }
  const own = await realpath(dataDir);
  if (isWithin(real, own) || isWithin(own, real)) {
    throw new AppError(
      'SOURCE_REFUSED',
      "The data folder of the server can't be a source. Choose a folder that doesn't contain it.",
    );
  }
  if (!(await stat(real)).isDirectory()) throw new AppError('SOURCE_REFUSED', `"${path}" is not a folder.`);
  return real;
}

function isWithin(path: string, root: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
