import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { ConnectorContext } from '@lorebox/ports/connector';
import { toLink } from './page-links.ts';
import { childText, findAll, parseXml } from './xml-tree.ts';

const MAX_SITEMAPS = 100;
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Returns pages from sitemaps up to a maximum, including sitemap indexes and compressed sitemaps. Missing or broken
 * sitemaps are skipped.
 */
export async function readSitemaps(
  { host, log }: Pick<ConnectorContext, 'host' | 'log'>,
  first: readonly string[],
  limit: number,
): Promise<string[]> {
  const pages = new Set<string>();
  const queue = [...first];
  const read = new Set<string>();
  for (
    let address = queue.shift();
    address !== undefined && read.size < MAX_SITEMAPS && pages.size < limit;
    address = queue.shift()
  ) {
    if (read.has(address)) continue;
    read.add(address);
    const response = await host.fetch(address, { allow: [401, 403] });
    if (response.status !== 200) {
      await response.drop();
      continue;
    }
    const text = await unpack(response.body).catch(() => null);
    if (text === null) {
      log.warn({ sitemap: address }, 'sitemap unreadable');
      continue;
    }
    const document = parseXml(text);
    for (const element of findAll(document, 'sitemap')) push(queue, toLink(childText(element, 'loc'), response.url));
    for (const element of findAll(document, 'url')) {
      const link = toLink(childText(element, 'loc'), response.url);
      if (link && pages.size < limit) pages.add(link);
    }
  }
  return [...pages];
}

function push(queue: string[], link: string | null): void {
  if (link) queue.push(link);
}

async function unpack(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new Error('too long');
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (isPacked ? await promisify(gunzip)(bytes, { maxOutputLength: MAX_BYTES }) : bytes).toString('utf8');
}
