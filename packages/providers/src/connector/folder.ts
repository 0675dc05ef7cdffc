import { stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { AppError } from '@lorebox/contract/errors';
import type { Connector, SourceItem, SyncContext } from '@lorebox/ports/connector';
import { z } from 'zod';
import { pathFilter } from './fields.ts';
import { createPathFilter } from './path-filter.ts';
import { type FoundFile, readFileBelow, walkFolder } from './walk-folder.ts';
import { watchFolder } from './watch-folder.ts';

const Config = z.strictObject({
  path: z.string().min(1).max(4000).meta({ description: 'Absolute path of the folder on the server.' }),
  ...pathFilter,
  hidden: z.boolean().default(false).meta({ description: 'Include files and folders whose names start with a dot.' }),
});

/** The identity of the folder, to distinguish an empty folder from a disk that is not mounted. */
const Cursor = z.object({ identity: z.string(), files: z.number() }).nullable().catch(null);

/** Syncs a folder of the server recursively. */
export const folder: Connector = {
  id: 'folder',
  label: 'Folder',
  description: 'Files in a folder on the server, including subfolders. Changes are detected immediately.',
  reads: 'folder',
  configSchema: Config,
  requestsPerSecond: 1000,
  parallel: 8,
  async check({ config, host }) {
    await host.folder(Config.parse(config).path);
  },
  async *sync(context) {
    const { path, include, exclude, hidden } = Config.parse(context.config);
    const isWanted = createPathFilter(include, exclude);
    yield* syncFolder(context, path, hidden, isWanted, toItem);
  },
  watch: ({ config, host, signal }, changed) =>
    watchWhenAllowed(host.folder(Config.parse(config).path), signal, changed),
};

function toItem(root: string, file: FoundFile): SourceItem {
  const { path, size, mtimeMs } = file;
  return {
    kind: 'upsert',
    externalId: path,
    version: versionOf(file),
    filename: posix.basename(path),
    size,
    metadata: { path, modified: new Date(mtimeMs).toISOString() },
    open: () => readFileBelow(root, path),
  };
}

export const versionOf = ({ mtimeMs, size }: FoundFile) => `${Math.round(mtimeMs)}-${size}`;

/** The part that folders and vaults share. The sync run is a full one if every subfolder was readable. */
export async function* syncFolder(
  { host, signal, cursor }: SyncContext,
  path: string,
  hidden: boolean,
  isWanted: (path: string) => boolean,
  toItem: (root: string, file: FoundFile) => SourceItem | Promise<SourceItem>,
): AsyncGenerator<SourceItem> {
  const root = await host.folder(path);
  const { dev, ino, birthtimeMs } = await stat(root);
  const identity = `${dev}/${ino}/${birthtimeMs}`;
  let files = 0;
  let isWhole = true;
  for await (const found of walkFolder(root, { hidden, signal })) {
    if (found.kind === 'unreadable') {
      isWhole &&= !found.isFolder;
      yield { kind: 'failed', externalId: found.path, message: found.message };
    } else if (isWanted(found.path)) {
      files += 1;
      yield await toItem(root, found);
    }
  }
  const before = Cursor.parse(cursor);
  const isAnother = before !== null && before.identity !== identity;
  if (files === 0 && isAnother && before.files > 0) {
    throw new AppError('SOURCE_FAILED', 'The folder was replaced and is empty. Check that its disk is mounted.');
  }
  if (isWhole) yield { kind: 'full' };
  yield { kind: 'cursor', cursor: { identity, files } };
}

/** Starts the watch after the asynchronous check that the folder is allowed. */
export function watchWhenAllowed(folder: Promise<string>, signal: AbortSignal, changed: () => void): () => void {
  let stop = () => {};
  folder.then(
    (root) => {
      if (!signal.aborted) stop = watchFolder(root, changed);
    },
    () => {},
  );
  return () => stop();
}
