import type { Connector, ConnectorContext, SourceItem } from '@lorebox/ports/connector';
import { z } from 'zod';
import { escapeHtml } from './escape-html.ts';
import { address, list, secret } from './fields.ts';
import { readBytes, readJson } from './read-answer.ts';

const Config = z.strictObject({
  url: address('URL of the wiki: https://example.atlassian.net/wiki, or the URL of your own server.'),
  spaces: list('Keys of the spaces to sync, such as DOCS. Empty: all spaces that the token can access.'),
  username: z.string().max(300).default('').meta({
    description: 'Your email address on Atlassian Cloud. Leave empty for a personal access token on a server.',
  }),
  token: secret('API token (Cloud) or personal access token (server).'),
  attachments: z.boolean().default(false).meta({ description: 'Include attached files.' }),
});
type Config = z.infer<typeof Config>;

const Content = z.object({
  id: z.string(),
  type: z.string(),
  title: z.string(),
  version: z.object({
    number: z.number(),
    when: z.string().optional(),
    by: z.object({ displayName: z.string().optional() }).optional(),
  }),
  space: z.object({ key: z.string(), name: z.string().optional() }).optional(),
  ancestors: z.array(z.object({ title: z.string() })).default([]),
  extensions: z.object({ mediaType: z.string().optional(), fileSize: z.number().optional() }).optional(),
  body: z.object({ export_view: z.object({ value: z.string() }) }).optional(),
  _links: z.object({ webui: z.string().optional(), download: z.string().optional() }).default({}),
});
type Content = z.infer<typeof Content>;
const Results = z.object({
  results: z.array(Content),
  _links: z.object({ next: z.string().optional(), base: z.string().optional() }).default({}),
});

/**
 * Syncs pages and blog posts by their Confluence version. Uses the search API because Cloud and server both have it.
 */
export const confluence: Connector = {
  id: 'confluence',
  label: 'Confluence',
  description: 'Pages, blog posts and attachments in Confluence Cloud or Server spaces.',
  reads: 'network',
  configSchema: Config,
  requestsPerSecond: 5,
  parallel: 4,
  async check(context) {
    const config = Config.parse(context.config);
    await search(context, config, queryOf(config, { limit: '1' }));
  },
  async *sync(context) {
    const config = Config.parse(context.config);
    let query: string | null = queryOf(config, { limit: '50', expand: 'version,space,ancestors' });
    while (query !== null) {
      const page: z.infer<typeof Results> = await search(context, config, query);
      const web = page._links.base ?? config.url;
      for (const content of page.results) yield toItem(context, config, web, content);
      query = page._links.next === undefined ? null : (page._links.next.split('?')[1] ?? null);
    }
    yield { kind: 'full' };
  },
};

function queryOf({ spaces, attachments }: Config, more: Record<string, string>): string {
  const types = ['page', 'blogpost', ...(attachments ? ['attachment'] : [])].join(', ');
  const within = spaces.length === 0 ? '' : ` and space in (${spaces.map(quote).join(', ')})`;
  return new URLSearchParams({ cql: `type in (${types})${within} order by created`, ...more }).toString();
}

const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;

async function search(context: ConnectorContext, config: Config, query: string) {
  const address = `${config.url}/rest/api/content/search?${query}`;
  return (await readJson(context, address, Results, { headers: headersOf(config) })).data;
}

function headersOf({ username, token }: Config) {
  const basic = Buffer.from(`${username}:${token}`).toString('base64');
  const authorization = token && (username === '' ? `Bearer ${token}` : `Basic ${basic}`);
  return { accept: 'application/json', authorization, 'x-atlassian-token': 'no-check' };
}

function toItem(context: ConnectorContext, config: Config, web: string, content: Content): SourceItem {
  const { id, type, title, version, space, ancestors, extensions, _links } = content;
  const isFile = type === 'attachment';
  return {
    kind: 'upsert',
    externalId: id,
    version: String(version.number),
    filename: isFile ? title : `${title}.html`,
    title: isFile ? undefined : title,
    contentType: isFile ? extensions?.mediaType : 'text/html',
    size: isFile ? extensions?.fileSize : undefined,
    url: _links.webui === undefined ? undefined : web + _links.webui,
    metadata: {
      space: space?.name ?? space?.key,
      path: [...ancestors.map((one) => one.title), title].join(' / '),
      author: version.by?.displayName,
      modified: version.when,
    },
    open: () => (isFile ? openFile(context, config, content) : openPage(context, config, id)),
  };
}

async function* openPage(context: ConnectorContext, config: Config, id: string): AsyncGenerator<Uint8Array> {
  const query = new URLSearchParams({ cql: `id = ${quote(id)}`, expand: 'version,body.export_view', limit: '1' });
  const [page] = (await search(context, config, query.toString())).results;
  const title = escapeHtml(page?.title ?? '');
  const body = page?.body?.export_view.value ?? '';
  yield new TextEncoder().encode(
    `<!doctype html><meta charset="utf-8"><title>${title}</title>\n<h1>${title}</h1>\n${body}\n`,
  );
}

function openFile(context: ConnectorContext, config: Config, { _links, id }: Content): AsyncIterable<Uint8Array> {
  const path = _links.download ?? `/rest/api/content/${id}/download`;
  return readBytes(context, config.url + path, { headers: headersOf(config) });
}
