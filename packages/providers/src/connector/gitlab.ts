import type { Connector, ConnectorContext } from '@lorebox/ports/connector';
import { z } from 'zod';
import { address, secret } from './fields.ts';
import { readBytes, readJson } from './read-answer.ts';
import { encodePath, type Repository, repositoryConfig, syncRepository } from './repository.ts';

const Config = z.strictObject({
  ...repositoryConfig,
  token: secret('Access token with the scopes read_repository and read_api. Not needed for public projects.'),
  url: address('URL of the GitLab instance.').default('https://gitlab.com'),
});

const Project = z.object({ default_branch: z.string().nullable(), web_url: z.string() });
const Commit = z.object({ id: z.string() });
const Entries = z.array(z.object({ id: z.string(), path: z.string(), type: z.string(), mode: z.string() }));

/** Syncs a project on GitLab by file hashes. */
export const gitlab: Connector = {
  id: 'gitlab',
  label: 'GitLab repository',
  description: 'Files in a branch of a project on gitlab.com or self-hosted GitLab.',
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
  const base = `${url}/api/v4/projects/${encodeURIComponent(repository)}`;
  const headers = { 'private-token': token };
  let web = '';
  return {
    async head() {
      const { data } = await readJson(context, base, Project, { headers });
      web = data.web_url;
      const name = branch || data.default_branch || 'main';
      const address = `${base}/repository/commits/${encodeURIComponent(name)}`;
      return { sha: (await readJson(context, address, Commit, { headers })).data.id, branch: name };
    },
    async *list(commit) {
      const query = new URLSearchParams({ ref: commit, recursive: 'true', per_page: '100' });
      for (let page: string | null = '1'; page; ) {
        query.set('page', page);
        const address = `${base}/repository/tree?${query}`;
        const { data, response }: Awaited<ReturnType<typeof readJson<typeof Entries>>> = await readJson(
          context,
          address,
          Entries,
          { headers },
        );
        for (const { id: sha, path, type, mode } of data) {
          if (type === 'blob' && mode !== '120000') yield { path, sha };
        }
        page = response.header('x-next-page') || null;
      }
    },
    read: ({ sha }) => readBytes(context, `${base}/repository/blobs/${sha}/raw`, { headers }),
    urlOf: (path, name) => `${web}/-/blob/${encodePath(name)}/${encodePath(path)}`,
  };
}
