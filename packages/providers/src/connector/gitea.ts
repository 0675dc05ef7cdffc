import type { Connector, ConnectorContext } from '@lorebox/ports/connector';
import { z } from 'zod';
import { address, secret } from './fields.ts';
import { readBytes, readJson } from './read-answer.ts';
import { encodePath, type Repository, repositoryConfig, syncRepository } from './repository.ts';

const Config = z.strictObject({
  ...repositoryConfig,
  token: secret('Access token with permission to read repositories. Not needed for public repositories.'),
  url: address('URL of the Gitea or Forgejo server, such as https://codeberg.org.'),
});

const Repo = z.object({ default_branch: z.string(), html_url: z.string() });
const Commit = z.object({ sha: z.string() });
const Tree = z.object({
  tree: z.array(
    z.object({ path: z.string(), type: z.string(), mode: z.string(), sha: z.string(), size: z.number().optional() }),
  ),
  truncated: z.boolean().default(false),
});

/** Syncs a repository on Gitea or Forgejo by file hashes. */
export const gitea: Connector = {
  id: 'gitea',
  label: 'Gitea or Forgejo repository',
  description: 'Files in a branch of a repository on Gitea or Forgejo.',
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
  const { repository, branch, token, url } = Config.parse(context.config);
  const base = `${url}/api/v1/repos/${repository}`;
  const headers = { authorization: token && `token ${token}` };
  let web = '';
  return {
    async head() {
      const { data } = await readJson(context, base, Repo, { headers });
      web = data.html_url;
      const name = branch || data.default_branch;
      const { data: commit } = await readJson(context, `${base}/git/commits/${encodeURIComponent(name)}`, Commit, {
        headers,
      });
      return { sha: commit.sha, branch: name };
    },
    async *list(commit) {
      for (let page = 1; ; page += 1) {
        const query = new URLSearchParams({ recursive: 'true', per_page: '1000', page: String(page) });
        const { data } = await readJson(context, `${base}/git/trees/${commit}?${query}`, Tree, { headers });
        for (const { path, type, mode, sha, size } of data.tree) {
          if (type === 'blob' && mode !== '120000') yield { path, sha, size };
        }
        // Gitea marks every page except the last as truncated.
        if (!data.truncated || data.tree.length === 0) return;
      }
    },
    read: ({ path }, commit) => readBytes(context, `${base}/raw/${encodePath(path)}?ref=${commit}`, { headers }),
    urlOf: (path, name) => `${web}/src/branch/${encodePath(name)}/${encodePath(path)}`,
  };
}
