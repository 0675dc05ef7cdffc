import { type FSWatcher, watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Maximum number of watched folders. Larger trees rely on the schedule, because the system's limit is shared with other
 * programs.
 */
const MAX_FOLDERS = 4000;

/**
 * Calls `changed` when something below the folder changes. Linux watches one folder at a time. Node's own recursive
 * watch would block while it walks the tree, so this code walks it.
 */
export function watchFolder(root: string, changed: () => void): () => void {
  const watchers = new Map<string, FSWatcher>();
  let isStopped = false;

  function add(folder: string, recursive: boolean): boolean {
    if (isStopped || watchers.has(folder) || watchers.size >= MAX_FOLDERS) return false;
    try {
      const watcher = watch(folder, { recursive, persistent: false }, (event) => {
        changed();
        if (!recursive && event === 'rename') void walk(folder);
      });
      const drop = () => {
        watcher.close();
        watchers.delete(folder);
      };
      watcher.on('error', drop);
      watchers.set(folder, watcher);
      return true;
    } catch {
      return false;
    }
  }

  async function walk(folder: string): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith('.') && add(path, false)) await walk(path);
    }
  }

  const isNative = process.platform === 'darwin' || process.platform === 'win32';
  add(root, isNative);
  if (!isNative) void walk(root);
  return () => {
    isStopped = true;
    for (const watcher of watchers.values()) watcher.close();
  };
}
