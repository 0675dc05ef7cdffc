import { open } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Connector, SourceItem, SyncContext } from '@lorebox/ports/connector';
import { parse } from 'yaml';
import { z } from 'zod';
import { pathFilter } from './fields.ts';
import { syncFolder, versionOf, watchWhenAllowed } from './folder.ts';
import { createPathFilter } from './path-filter.ts';
import { type FoundFile, readFileBelow } from './walk-folder.ts';

const Config = z.strictObject({
  path: z.string().min(1).max(4000).meta({ description: 'Absolute path of the vault on the server.' }),
  ...pathFilter,
  attachments: z.boolean().default(true).meta({ description: 'Include PDFs, images and other attachments.' }),
});

const MAX_NOTE_BYTES = 256 * 1024;
const NOT_NOTES = /\.(canvas|base|excalidraw|css|js|mp[34]|m4a|webm|mov|wav|ogg)$/i;

/** Syncs the notes of a vault with links, tags and properties. */
export const obsidian: Connector = {
  id: 'obsidian',
  label: 'Obsidian vault',
  description: 'Notes and attachments in a vault on the server, with links, tags and properties.',
  reads: 'folder',
  configSchema: Config,
  requestsPerSecond: 1000,
  parallel: 8,
  async check({ config, host }) {
    await host.folder(Config.parse(config).path);
  },
  async *sync(context) {
    const { path, include, exclude, attachments } = Config.parse(context.config);
    const isChosen = createPathFilter(include, exclude);
    const isWanted = (one: string) => isChosen(one) && (isNote(one) || (attachments && !NOT_NOTES.test(one)));
    yield* syncFolder(context, path, false, isWanted, (root, file) => toItem(context, root, file));
  },
  watch: ({ config, host, signal }, changed) =>
    watchWhenAllowed(host.folder(Config.parse(config).path), signal, changed),
};

const isNote = (path: string) => /\.md$/i.test(path);

async function toItem(context: SyncContext, root: string, file: FoundFile): Promise<SourceItem> {
  const { path, size, mtimeMs } = file;
  const version = versionOf(file);
  const isKnown = (await context.known(path))?.version === version;
  const about = isNote(path) && !isKnown ? readNote(await readHead(join(root, path))) : null;
  return {
    kind: 'upsert',
    externalId: path,
    version,
    filename: posix.basename(path),
    title: about?.title ?? (isNote(path) ? posix.basename(path).replace(/\.md$/i, '') : undefined),
    size,
    metadata: {
      ...about?.properties,
      path,
      modified: new Date(mtimeMs).toISOString(),
      tags: about?.tags.join(', '),
      links: about?.links.join(', '),
    },
    open: () => readFileBelow(root, path),
  };
}

async function readHead(path: string): Promise<string> {
  const file = await open(path).catch(() => null);
  if (!file) return '';
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(MAX_NOTE_BYTES), 0, MAX_NOTE_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

interface Note {
  title: string | undefined;
  tags: string[];
  /** Names of the linked notes. */
  links: string[];
  properties: Record<string, string | number | boolean>;
}

const Properties = z.record(z.string(), z.unknown()).catch({});

/**
 * Reads front matter, `#tags` and `[[links|with other text]]`. Front matter that is not valid YAML is treated as text.
 */
export function readNote(text: string): Note {
  const [whole = '', yaml = ''] = /^---\r?\n([\s\S]*?)\r?\n---\r?(?:\n|$)/.exec(text) ?? [];
  const { title, tags, ...rest } = Properties.parse(parseYaml(yaml));
  const body = text.slice(whole.length).replace(/```[\s\S]*?(```|$)|`[^`\n]*`/g, '');
  const named = [tags].flat(2).flatMap((tag) => (typeof tag === 'string' ? tag.split(/[,\s]+/) : []));
  const inline = [...body.matchAll(/(?:^|\s)#([\p{L}\p{N}_/-]*\p{L}[\p{L}\p{N}_/-]*)/gu)].map(([, tag = '']) => tag);
  const links = [...body.matchAll(/\[\[([^\]|#^\n]+)/g)].map(([, target = '']) => target.trim());
  const properties = Object.entries(rest).flatMap(([name, value]): [string, string | number | boolean][] => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [[name, value]];
    return Array.isArray(value) ? [[name, value.filter((one) => typeof one === 'string').join(', ')]] : [];
  });
  return {
    title: typeof title === 'string' && title.trim() !== '' ? title : undefined,
    tags: [...new Set([...named, ...inline].map((tag) => tag.replace(/^#/, '')).filter(Boolean))],
    links: [...new Set(links.filter(Boolean))],
    properties: Object.fromEntries(properties),
  };
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 10, logLevel: 'silent' });
  } catch {
    return {};
  }
}
