import { AppError } from '@lorebox/contract/errors';
import type { Connector, ConnectorContext, SourceItem } from '@lorebox/ports/connector';
import { z } from 'zod';
import { address, list, secret } from './fields.ts';
import { readBytes, readJson } from './read-answer.ts';

const Config = z.strictObject({
  url: address('URL of the Paperless-ngx server, such as http://paperless.lan:8000.'),
  token: secret('API token, from "My profile".'),
  tags: list('Names of tags to sync. A document needs at least one of them. Empty: all documents.'),
  archived: z
    .boolean()
    .default(false)
    .meta({ description: 'Use the archived PDF with recognized text instead of the original file.' }),
});
type Config = z.infer<typeof Config>;

const Paper = z.object({
  id: z.number(),
  title: z.string(),
  correspondent: z.number().nullish(),
  document_type: z.number().nullish(),
  tags: z.array(z.number()).default([]),
  created: z.string().nullish(),
  modified: z.string(),
  original_file_name: z.string().nullish(),
  archive_serial_number: z.number().nullish(),
});
type Paper = z.infer<typeof Paper>;
const pageOf = <T extends z.ZodType>(item: T) => z.object({ next: z.string().nullish(), results: z.array(item) });
const Named = z.object({ id: z.number(), name: z.string() });

interface Names {
  tags: Map<number, string>;
  correspondents: Map<number, string>;
  types: Map<number, string>;
}

/** Syncs the documents of Paperless-ngx with tags and correspondents, by modification time. */
export const paperless: Connector = {
  id: 'paperless',
  label: 'Paperless-ngx',
  description: 'Documents in Paperless-ngx, with tags, correspondents and types.',
  reads: 'network',
  configSchema: Config,
  requestsPerSecond: 10,
  parallel: 4,
  async check(context) {
    const config = Config.parse(context.config);
    for await (const _ of listAll(context, config, 'documents', Paper, 1)) return;
  },
  async *sync(context) {
    const config = Config.parse(context.config);
    const names = await readNames(context, config);
    const wanted = new Set(config.tags.map((tag) => idOf(names.tags, tag)));
    for await (const paper of listAll(context, config, 'documents', Paper, 100)) {
      if (wanted.size === 0 || paper.tags.some((tag) => wanted.has(tag))) yield toItem(context, config, names, paper);
    }
    yield { kind: 'full' };
  },
};

const headersOf = ({ token }: Config) => ({
  accept: 'application/json; version=5',
  authorization: token && `Token ${token}`,
});

async function* listAll<T extends z.ZodType>(
  context: ConnectorContext,
  config: Config,
  what: string,
  item: T,
  size: number,
): AsyncGenerator<z.output<T>> {
  // Counts pages instead of following `next`, which is often an unreachable address behind a proxy.
  for (let page = 1; ; page += 1) {
    const query = new URLSearchParams({ page: String(page), page_size: String(size), ordering: 'id' });
    const url = `${config.url}/api/${what}/?${query}`;
    const { data } = await readJson(context, url, pageOf(item), { headers: headersOf(config) });
    yield* data.results;
    if (!data.next) return;
  }
}

async function readNames(context: ConnectorContext, config: Config): Promise<Names> {
  const names: Names = { tags: new Map(), correspondents: new Map(), types: new Map() };
  const places = [
    ['tags', names.tags],
    ['correspondents', names.correspondents],
    ['document_types', names.types],
  ] as const;
  for (const [what, into] of places) {
    for await (const { id, name } of listAll(context, config, what, Named, 250)) into.set(id, name);
  }
  return names;
}

function idOf(tags: Map<number, string>, wanted: string): number {
  for (const [id, name] of tags) if (name.toLowerCase() === wanted.toLowerCase()) return id;
  throw new AppError('SOURCE_REFUSED', `Paperless has no tag "${wanted}", or the token doesn't have access to it.`);
}

function toItem(context: ConnectorContext, config: Config, names: Names, paper: Paper): SourceItem {
  const { id, title, correspondent, document_type: type, tags, created, modified } = paper;
  const query = config.archived ? '' : '?original=true';
  return {
    kind: 'upsert',
    externalId: String(id),
    version: `${modified}${config.archived ? ' archived' : ''}`,
    filename: paper.original_file_name ?? `${title}.pdf`,
    title,
    url: `${config.url}/documents/${id}/details`,
    metadata: {
      tags: tags
        .map((tag) => names.tags.get(tag) ?? '')
        .filter(Boolean)
        .join(', '),
      correspondent: names.correspondents.get(correspondent ?? -1),
      type: names.types.get(type ?? -1),
      created,
      modified,
      serialNumber: paper.archive_serial_number,
    },
    open: () =>
      readBytes(context, `${config.url}/api/documents/${id}/download/${query}`, { headers: headersOf(config) }),
  };
}
