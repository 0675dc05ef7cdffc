import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface FoundFile {
  path: string;
  size: number;
}

/** The files of these paths, folders walked, hidden entries left out, in stable order. @throws for a missing path. */
export async function findFiles(paths: readonly string[]): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const path of paths) {
    const about = await stat(path);
    if (!about.isDirectory()) {
      found.push({ path, size: about.size });
      continue;
    }
    const names = (await readdir(path)).filter((name) => !name.startsWith('.')).sort();
    found.push(...(await findFiles(names.map((name) => join(path, name)))));
  }
  return found;
}
