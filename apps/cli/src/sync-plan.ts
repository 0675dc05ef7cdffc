import type { Document } from '@lorebox/sdk';
import type { FoundFile } from './find-files.ts';

/** Metadata of documents in a synced folder: the name of the folder and the SHA-256 of the file. */
export const FOLDER_KEY = 'syncedFolder';
export const HASH_KEY = 'sha256';

export type LocalFile = FoundFile & { relativePath: string; sha256: string };

export interface SyncPlan {
  add: LocalFile[];
  replace: LocalFile[];
  /** Documents whose files no longer exist. */
  remove: Document[];
  unchanged: number;
}

export const externalIdOf = (folder: string, relativePath: string) => `${folder}/${relativePath}`;

/** Returns the changes that make the workspace match the folder. Leaves other documents unchanged. */
export function planSync(folder: string, files: readonly LocalFile[], documents: readonly Document[]): SyncPlan {
  const mirrored = documents.filter(({ metadata }) => metadata[FOLDER_KEY] === folder);
  const known = new Map(mirrored.map((document) => [document.externalId, document]));
  const plan: SyncPlan = { add: [], replace: [], remove: [], unchanged: 0 };
  for (const file of files) {
    const id = externalIdOf(folder, file.relativePath);
    const document = known.get(id);
    known.delete(id);
    if (!document) plan.add.push(file);
    else if (document.metadata[HASH_KEY] === file.sha256 && document.status !== 'failed') plan.unchanged += 1;
    else plan.replace.push(file);
  }
  plan.remove.push(...known.values());
  return plan;
}
