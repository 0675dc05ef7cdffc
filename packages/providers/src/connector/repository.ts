import { posix } from 'node:path';
import type { SourceItem, SyncContext } from '@lorebox/ports/connector';
import { z } from 'zod';
import { pathFilter } from './fields.ts';
import { createPathFilter } from './path-filter.ts';

/** What all repositories are asked for. */
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
  /** Of the content. */
  sha: string;
  size?: number | undefined;
}

/** One repository over the API of its host. */
export interface Repository {
  /** The commit that the branch is at. */
  head(): Promise<{ sha: string; branch: string }>;
  /** All files of the commit; no links, no submodules. */
  list(commit: string): AsyncIterable<TreeEntry>;
  read(entry: TreeEntry, commit: string): AsyncIterable<Uint8Array>;
  /** Where people see the file. */
  urlOf(path: string, branch: string): string;
}

const Cursor = z.object({ commit: z.string() }).nullable().catch(null);
/** What lies in repositories and is no document. */
const NO_DOCUMENT =
  /(^|\/)(package-lock\.json|pnpm-lock\.yaml|yarn\.lock|go\.sum|\.gitignore|\.gitattributes)$|\.(min\.(js|css)|map|lock|png|jpe?g|gif|webp|avif|ico|svg|woff2?|ttf|otf|eot|mp[34]|webm|mov|wav|zip|gz|tgz|xz|bz2|7z|jar|class|so|dll|dylib|exe|bin|wasm|pyc|o|a|db|sqlite)$/i;

/** Nothing when the branch is where it was; else every file, of which those with another hash are read. */
export async function* syncRepository(
  context: SyncContext,
  { include, exclude }: { include: string[]; exclude: string[] },
  repository: Repository,
): AsyncGenerator<SourceItem> {
  const { sha: commit, branch } = await repository.head();
  if (Cursor.parse(context.cursor)?.commit === commit) return;
  // From here on some files may be of one commit and some of another.
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
