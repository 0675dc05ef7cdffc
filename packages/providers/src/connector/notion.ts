import type { Connector, ConnectorContext, SourceItem } from '@lorebox/ports/connector';
import { z } from 'zod';
import { address, secret } from './fields.ts';
import { blockToMarkdown, NotionBlock, propertyToText } from './notion-markdown.ts';
import { readJson } from './read-answer.ts';

const Config = z.strictObject({
  token: secret('Secret of an internal integration. Share the pages with the integration.'),
  apiUrl: address('URL of the API.').default('https://api.notion.com'),
});
type Config = z.infer<typeof Config>;

const Page = z.object({
  id: z.string(),
  url: z.string().optional(),
  last_edited_time: z.string(),
  archived: z.boolean().default(false),
  in_trash: z.boolean().default(false),
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});
type Page = z.infer<typeof Page>;
const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ results: z.array(item), has_more: z.boolean().default(false), next_cursor: z.string().nullish() });
const Pages = listOf(Page);
const Blocks = listOf(NotionBlock);

const VERSION = '2022-06-28';
const MAX_DEPTH = 12;

/** Syncs the pages shared with an integration, including database pages, as Markdown. */
export const notion: Connector = {
  id: 'notion',
  label: 'Notion',
  description: 'Pages and database entries shared with an integration.',
  reads: 'network',
  configSchema: Config,
  requestsPerSecond: 3,
  parallel: 3,
  async check(context) {
    await search(context, Config.parse(context.config), { page_size: 1 });
  },
  async *sync(context) {
    const config = Config.parse(context.config);
    let start: string | null | undefined;
    do {
      const body = { page_size: 100, ...(start && { start_cursor: start }) };
      const { results, next_cursor, has_more }: z.infer<typeof Pages> = await search(context, config, body);
      for (const page of results) if (!page.archived && !page.in_trash) yield toItem(context, config, page);
      start = has_more ? next_cursor : null;
    } while (start);
    yield { kind: 'full' };
  },
};

const headersOf = ({ token }: Config) => ({
  authorization: token && `Bearer ${token}`,
  'notion-version': VERSION,
  'content-type': 'application/json',
});

async function search(context: ConnectorContext, config: Config, input: Record<string, unknown>) {
  const sort = { direction: 'ascending', timestamp: 'last_edited_time' };
  const body = JSON.stringify({ filter: { property: 'object', value: 'page' }, sort, ...input });
  const request = { method: 'POST' as const, headers: headersOf(config), body };
  return (await readJson(context, `${config.apiUrl}/v1/search`, Pages, request)).data;
}

function toItem(context: ConnectorContext, config: Config, page: Page): SourceItem {
  const properties = Object.entries(page.properties);
  const title =
    properties.map(([, value]) => (value.type === 'title' ? propertyToText(value) : '')).join('') || 'Untitled';
  return {
    kind: 'upsert',
    externalId: page.id,
    version: page.last_edited_time,
    filename: `${title.slice(0, 100)}.md`,
    title,
    contentType: 'text/markdown',
    url: page.url,
    metadata: { modified: page.last_edited_time },
    async *open() {
      const facts = properties.flatMap(([name, value]) => {
        const text = value.type === 'title' ? '' : propertyToText(value);
        return text === '' ? [] : [`${name}: ${text}`];
      });
      const encoder = new TextEncoder();
      yield encoder.encode(`# ${title}\n\n${facts.length > 0 ? `${facts.join('\n')}\n\n` : ''}`);
      for await (const line of readBlocks(context, config, page.id, 0)) yield encoder.encode(`${line}\n`);
    },
  };
}

async function* readBlocks(
  context: ConnectorContext,
  config: Config,
  parent: string,
  depth: number,
): AsyncGenerator<string> {
  let start: string | null | undefined;
  do {
    const query = new URLSearchParams({ page_size: '100', ...(start && { start_cursor: start }) });
    const url = `${config.apiUrl}/v1/blocks/${parent}/children?${query}`;
    const { data }: { data: z.infer<typeof Blocks> } = await readJson(context, url, Blocks, {
      headers: headersOf(config),
    });
    for (const block of data.results) {
      const isItem = /list_item|to_do|toggle|table_row/.test(block.type);
      const text = blockToMarkdown(block);
      if (text !== '') yield isItem ? text : `${text}\n`;
      // Child pages are separate documents.
      const isEntered = block.hasChildren && !block.type.startsWith('child_') && depth < MAX_DEPTH;
      if (!isEntered) continue;
      const indent = /list_item|to_do|toggle/.test(block.type) ? '  ' : '';
      for await (const line of readBlocks(context, config, block.id, depth + 1)) yield line.replace(/^/gm, indent);
    }
    start = data.has_more ? data.next_cursor : null;
  } while (start);
}
