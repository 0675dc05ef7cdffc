import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StagedFile } from '@lorebox/ports/runtime';
import { eq, inArray } from '../../drizzle.ts';
import { documents } from '../documents/schema.ts';
import { prepareOnce } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';
import { blobs } from './schema.ts';

export function blobPath(blobDir: string, sha256: string): string {
  return join(blobDir, sha256.slice(0, 2), sha256);
}

/**
 * Moves staged bytes to their content address and records them. Adopting and releasing both run on the writer thread,
 * one at a time, so that neither can remove a file that the other is using.
 */
export function adoptBlob({ raw, blobDir, afterCommit }: WriteContext, file: StagedFile): void {
  const { sha256, size } = file;
  const insert = prepareOnce(raw, 'insert into blobs (sha256, size) values (?, ?) on conflict do nothing');
  if (insert.run(sha256, size).changes === 0) {
    afterCommit(() => rmSync(file.path, { force: true }));
    return;
  }
  const target = blobPath(blobDir, sha256);
  mkdirSync(dirname(target), { recursive: true });
  // The file is already there when this command is repeated after a failed commit.
  if (existsSync(file.path) || !existsSync(target)) renameSync(file.path, target);
}

/** Removes bytes that no document references. */
export function releaseBlob({ orm, blobDir, afterCommit }: WriteContext, sha256: string): void {
  if (orm.select({ id: documents.id }).from(documents).where(eq(documents.sha256, sha256)).limit(1).get()) return;
  if (orm.delete(blobs).where(eq(blobs.sha256, sha256)).run().changes === 0) return;
  afterCommit(() => rmSync(blobPath(blobDir, sha256), { force: true }));
}

/**
 * Removes files without a row from one of the 256 folders. A kill between moving a file and committing its row leaves
 * such a file. Returns the number of removed files.
 */
export function sweepBlobs({ orm, blobDir }: WriteContext, folder: string): number {
  let names: string[];
  try {
    names = readdirSync(join(blobDir, folder));
  } catch {
    return 0; // nothing was ever stored here
  }
  const known = new Set(
    orm
      .select()
      .from(blobs)
      .where(inArray(blobs.sha256, names))
      .all()
      .map(({ sha256 }) => sha256),
  );
  const orphans = names.filter((name) => !known.has(name));
  for (const name of orphans) rmSync(join(blobDir, folder, name), { force: true });
  return orphans.length;
}
