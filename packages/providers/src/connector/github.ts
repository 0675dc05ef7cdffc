import { AppError } from '@lorebox/contract/errors';
import type { Connector, ConnectorContext } from '@lorebox/ports/connector';
import { z } from 'zod';
import { address, secret } from './fields.ts';
import { readBytes, readJson, readOk } from './read-answer.ts';
import { encodePath, type Repository, repositoryConfig, syncRepository, type TreeEntry } from './repository.ts';

const Config = z.strictObject({
  ...repositoryConfig,
  token: secret(
    'Token with permission to read contents. Not needed for public repositories, but without one GitHub allows only 60 requests per hour.',
  ),
  apiUrl: address('URL of the API. For GitHub Enterprise: https://github.example.com/api/v3.').default(
    'https://api.github.com',
  ),
});

const Repo = z.object({ default_branch: z.string(), html_url: z.string() });
const Tree = z.object({
  truncated: z.boolean().default(false),
  tree: z.array(
    z.object({ path: z.string(), type: z.string(), mode: z.string(), sha: z.string(), size: z.number().optional() }),
  ),
});

/** Syncs a repository on GitHub by file hashes. */
export const github: Connector = {
  id: 'github',
  label: 'GitHub repository',
  description: 'Files in a branch of a repository on GitHub or GitHub Enterprise.',
  reads: 'network',
  configSchema: Config,
  requestsPerSecond: 10,
  parallel: 4,
  async check(context) {
    await open(context).head();
  },
  sync: (context) => syncRepository(context, Config.parse(context.config), open(context)),
};

function open(context: ConnectorContext): Repository {
  const { repository, branch, token, apiUrl } = Config.parse(context.config);
  const base = `${apiUrl}/repos/${repository}`;
  const headers = { accept: 'application/vnd.github+json', authorization: token && `Bearer ${token}` };
  let web = '';

  async function* listTree(tree: string, below: string): AsyncGenerator<TreeEntry> {
    const { data } = await readJson(context, `${base}/git/trees/${tree}?recursive=1`, Tree, { headers });
    // A tree with more than 100,000 entries is read folder by folder.
    const entries = data.truncated
      ? (await readJson(context, `${base}/git/trees/${tree}`, Tree, { headers })).data.tree
      : data.tree;
    for (const { path, type, mode, sha, size } of entries) {
      if (type === 'blob' && mode !== '120000') yield { path: below + path, sha, size };
      else if (type === 'tree' && data.truncated) yield* listTree(sha, `${below}${path}/`);
    }
  }

  return {
    async head() {
      const { data } = await readJson(context, base, Repo, { headers });
      web = data.html_url;
      const name = branch || data.default_branch;
      // Without this header, the response includes all changes of the commit.
      const short = { ...headers, accept: 'application/vnd.github.sha' };
      const commit = await readOk(context, `${base}/commits/${encodeURIComponent(name)}`, { headers: short });
      const sha = (await commit.text()).trim();
      if (!/^[0-9a-f]{40,64}$/.test(sha)) throw new AppError('SOURCE_FAILED', `${commit.url.host} returned no commit.`);
      return { sha, branch: name };
    },
    list: (commit) => listTree(commit, ''),
    read: ({ sha }) =>
      readBytes(context, `${base}/git/blobs/${sha}`, {
        headers: { ...headers, accept: 'application/vnd.github.raw+json' },
      }),
    urlOf: (path, name) => `${web}/blob/${encodePath(name)}/${encodePath(path)}`,
  };
}
