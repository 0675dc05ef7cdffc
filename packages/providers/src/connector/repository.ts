import { posix } from 'node:path';
import type { SourceItem, SyncContext } from '@lorebox/ports/connector';
import { z } from 'zod';
import { pathFilter } from './fields.ts';
import { createPathFilter } from './path-filter.ts';

/** Settings of all repository connectors. */
export const repositoryConfig = {
  repository: z
    .string()
    .trim()
    .regex(/^[\w.-]+(\/[\w.-]+)+$/, 'owner/name')
    .meta({ description: 'Repository, such as owner/name.' }),
  branch: z.string().trim().max(300).default('').meta({ description: 'Branch or tag. Empty: the default branch.' }),
  ...pathFilter,
};

export interface TreeEntry {
  path: string;
  /** Hash of the content. */
  sha: string;
  size?: number | undefined;
}

/** A repository behind the API of its host. */
export interface Repository {
  /** Returns the latest commit of the branch. */
  head(): Promise<{ sha: string; branch: string }>;
  /** Lists all files of the commit, without symbolic links and submodules. */
  list(commit: string): AsyncIterable<TreeEntry>;
  read(entry: TreeEntry, commit: string): AsyncIterable<Uint8Array>;
  /** Returns the web URL of the file. */
  urlOf(path: string, branch: string): string;
}

const Cursor = z.object({ commit: z.string() }).nullable().catch(null);
/** Files in repositories that are not documents. */
const NO_DOCUMENT =
  /(^|\/)(package-lock\.json|pnpm-lock\.yaml|yarn\.lock|go\.sum|\.gitignore|\.gitattributes)$|\.(min\.(js|css)|map|lock|png|jpe?g|gif|webp|avif|ico|svg|woff2?|ttf|otf|eot|mp[34]|webm|mov|wav|zip|gz|tgz|xz|bz2|7z|jar|class|so|dll|dylib|exe|bin|wasm|pyc|o|a|db|sqlite)$/i;

/** Lists nothing if the branch has not moved. Otherwise lists every file, and reads those with a new hash. */
export async function* syncRepository(
  context: SyncContext,
  { include, exclude }: { include: string[]; exclude: string[] },
  repository: Repository,
): AsyncGenerator<SourceItem> {
  const { sha: commit, branch } = await repository.head();
  if (Cursor.parse(context.cursor)?.commit === commit) return;
  // From here on, the synced files may belong to different commits.
  yield { kind: 'cursor', cursor: null };
  const isChosen = createPathFilter(include, exclude);
  const isWanted = (path: string) => isChosen(path) && (include.length > 0 || !NO_DOCUMENT.test(path));
  for await (const entry of repository.list(commit)) {
    const { path, sha, size } = entry;
    if (!isWanted(path)) continue;
    yield {
      kind: 'upsert',
      externalId: path,
      version: sha,
      filename: posix.basename(path),
      url: repository.urlOf(path, branch),
      size,
      metadata: { path, branch },
      open: () => repository.read(entry, commit),
    };
  }
  yield { kind: 'full' };
  yield { kind: 'cursor', cursor: { commit } };
}

export const encodePath = (path: string) => path.split('/').map(encodeURIComponent).join('/');
